#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: min-tool-version.sh <tool>     the oldest version of it that kcxx works with
#        min-tool-version.sh --list     all of them: tool, version, reason
#
# The only place that says so. Each version was measured: the oldest to be had with
# which the tests pass.

set -e

list() {
	cat <<-END
	g++        12.1.0  the first with <expected>
	clang++    19.1.0  the first whose concepts libstdc++'s <expected> accepts
	libstdc++  12      the first with <expected>
	cmake      3.25.0  the oldest that was tried
	make       4.3     the oldest that was tried
	pahole     1.24    the first that can pass over C++
	linux      6.1     the oldest that was tried
	END
}

if [ $# -ne 1 ]; then
	echo >&2 "Usage: $0 <tool> | --list"
	exit 2
fi

if [ "$1" = --list ]; then
	list
	exit
fi

list | while read -r tool version _; do
	if [ "$tool" = "$1" ]; then
		echo "$version"
		break
	fi
done | grep . || {
	echo >&2 "$0: unknown tool '$1'; known:$(list | while read -r tool _; do printf ' %s' "$tool"; done)"
	exit 2
}
