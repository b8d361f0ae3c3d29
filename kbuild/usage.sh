# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Sourced by the scripts that people call. Each begins with a comment that describes the call:
# --help prints it, and so does a wrong call.

# usage: the comment of the script, from its line "Usage:" to the first empty line
usage() {
	sed -n '/^# Usage:/,/^$/ s/^# \{0,1\}//p' "$0"
}

# help_wanted <argument>…: prints the usage and ends, if an argument asks for it
help_wanted() {
	for argument in "$@"; do
		case "$argument" in -h | --help) usage; exit 0 ;; esac
	done
}

wrong_call() {
	printf '%s: %s\n' "${0##*/}" "$1" >&2
	usage >&2
	exit 2
}
