#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: find-analyzer.sh
#
# Prints the command of the newest Clang in the PATH that is new enough for the analyses of analyze-cxx.sh; nothing if
# there is none. Goes by the version in the name that Debian's packages give it (clang++-22), and asks clang++ alone.

here=${0%/*}
needed=$(sh "$here/min-tool-version.sh" clang++)
needed=${needed%%.*}

IFS=:
# shellcheck disable=SC2086 # a list
newest=$(find $PATH -maxdepth 1 -name 'clang++-[1-9][0-9]' 2> /dev/null | sed 's/.*-//' | sort -nr | sed 1q)
unset IFS
if [ -z "$newest" ] && command -v clang++ > /dev/null; then
	newest=$(LC_ALL=C clang++ --version 2> /dev/null | sed -n 's/.*clang version \([0-9]*\).*/\1/p')
	[ "${newest:-0}" -lt "$needed" ] || echo clang++
elif [ "${newest:-0}" -ge "$needed" ]; then
	echo "clang++-$newest"
fi
