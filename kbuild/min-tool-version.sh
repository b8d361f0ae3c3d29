#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: min-tool-version.sh <tool>     the oldest version of it that kcxx works with
#        min-tool-version.sh --list     all of them: tool, version, reason
#
# The only place that holds them. Each version was measured: the oldest to be had with
# which the tests pass. Of gcc and clang, which compile C, it is the kernel's own.
#
# Status: 0, or 2 for a wrong call.

set -e
. "${0%"${0##*/}"}./usage.sh"

list() {
	cat <<-END
	g++        12.1.0  the first with <expected>
	clang++    19.1.0  the first whose concepts libstdc++'s <expected> accepts
	libstdc++  12      the first with <expected>
	gcc        5.1.0   the oldest that Linux 6.1 takes
	clang      11.0.0  the oldest that Linux 6.1 takes
	cmake      3.25.0  the oldest that was tried
	make       4.3     the oldest that was tried
	pahole     1.24    the first that can pass over C++
	linux      6.1     the oldest that was tried
	END
}

help_wanted "$@"
[ $# -eq 1 ] || wrong_call 'one tool at a time'

if [ "$1" = --list ]; then
	list
	exit
fi

list | while read -r tool version _; do
	if [ "$tool" = "$1" ]; then
		echo "$version"
		break
	fi
done | grep . ||
	wrong_call "unknown tool '$1'; known: $(list | sed 's/ .*//' | paste -s -d ' ' -)"
