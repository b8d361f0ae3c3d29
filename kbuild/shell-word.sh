# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh disable=SC2034 # for those that source it
#
# Sourced by scripts that quote words for eval. Starts no process, unless a word has quotes.

# quote <text>: sets quoted to it, as one word of a shell
quote() {
	case "$1" in
	*"'"*) quoted="'$(printf '%s' "$1" | sed "s/'/'\\\\''/g")'" ;;
	*) quoted="'$1'" ;;
	esac
}
