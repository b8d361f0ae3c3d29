# shellcheck shell=sh disable=SC2154,SC2034 # here, output: shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The commands that checks run: whether they are there, what they print, the oldest version that kcxx works with.

minimums=$(sh "$here/min-tool-version.sh" --list)

# minimum <tool>: prints the oldest version that kcxx works with
minimum() {
	while read -r tool version _; do
		[ "$tool" != "$1" ] || echo "$version"
	done <<END
$minimums
END
}

# Prints the first version number in a tool's output
version_in() {
	LC_ALL=C sed -n '/^[^0-9]*\([0-9][0-9]*\(\.[0-9][0-9]*\)\{1,2\}\).*/{s//\1/p;q;}'
}

# run_within <seconds> <command>…: sets $output to its whole output; the status is its own, or 124
# if it does not end. The shell's own messages, of NULs or signals, are dropped.
run_within() {
	{ output=$(LC_ALL=C timeout -k 1 "$@" 2>&1 </dev/null); } 2>/dev/null
	set -- $?
	case "$1" in
	137 | 143) return 124 ;; # GNU timeout after SIGKILL; busybox
	esac
	return "$1"
}

# exists <command>: asks the shell once for each, as the shell forks for it
exists() {
	case "$1:$commands_found" in
	*/*:*)
		[ -f "$1" ] && [ -x "$1" ] # some shells do not check a path
		return ;;
	*:*" $1 "*) return ;;
	esac
	at=$(command -v "$1" 2>/dev/null) || return
	case "$at" in */*) [ -x "$at" ] || return ;; esac
	commands_found="$commands_found$1 "
}
commands_found=' '
