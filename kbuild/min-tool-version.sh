#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: min-tool-version.sh <tool>
#
# The oldest version of a tool that kcxx works with. The only place that says so.

set -e

if [ $# -ne 1 ]; then
	echo >&2 "Usage: $0 <tool>"
	exit 2
fi

case "$1" in
g++)		echo 12.1.0 ;;	# the first with <expected>
clang++)	echo 19.1.0 ;;	# the first whose concepts libstdc++'s <expected> accepts
libstdc++)	echo 12 ;;	# the first with <expected>
cmake)		echo 3.25.0 ;;	# Debian 12's
make)		echo 4.3 ;;	# Debian 12's
pahole)		echo 1.24 ;;	# the first that can pass over C++
linux)		echo 6.1 ;;	# Debian 12's
*)
	echo >&2 "$0: unknown tool '$1'; known: g++ clang++ libstdc++ cmake make pahole linux"
	exit 2
	;;
esac
