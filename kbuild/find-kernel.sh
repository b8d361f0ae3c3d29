#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: find-kernel.sh                 the kernel to build for when none is named
#        find-kernel.sh <release>       that release's, or the newest of a series: 6.12
#        find-kernel.sh --all           every build directory there is
#        find-kernel.sh --places <release>   where they are looked for
#
# Prints directories, one a line. Without a name: the running kernel's, else the
# newest installed, else the newest that `kcxx kernels get` has fetched.
#
# Status: 0 found, 1 none.

cache=${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME-}/.cache}/kcxx}

# Distribution by distribution, then those fetched
places() {
	printf '%s\n' "/lib/modules/$1/build" "/usr/src/linux-headers-$1" "/usr/src/kernels/$1" \
		"$cache/kernels/$1/build"
}

# The first place of a release that is a kernel build directory
of_release() {
	places "$1" | while read -r place; do
		if [ -e "$place/Makefile" ]; then
			echo "$place"
			break
		fi
	done | grep .
}

# Those that a place's pattern matches, the newest first. Debian's -common headers
# have no configuration: they are half a kernel.
matching() {
	(
		IFS= # a pattern is expanded, not split
		for place in $1; do
			[ ! -e "$place/include/generated/autoconf.h" ] || echo "$place"
		done
	) | sed -e 'h; s/[0-9][0-9]*/00000&/g; s/0*\([0-9]\{6\}\)/\1/g; G; s/\n/ /' |
		sort -r | sed 's/^[^ ]* //'
}

# One build directory can be found in two places.
once() {
	seen=:
	while read -r place; do
		real=$(cd "$place" && pwd -P)
		case "$seen" in *":$real:"*) continue ;; esac
		seen=$seen$real:
		echo "$place"
	done
}

# newest <pattern of releases>
newest() {
	places "$1" | while read -r pattern; do
		matching "$pattern" | head -n 1 | grep . && break
	done | grep .
}

case "${1-}" in
'') of_release "$(uname -r)" || newest '*' ;;
--all) places '*' | while read -r pattern; do matching "$pattern"; done | once | grep . ;;
--places) places "$2" ;;
*) of_release "$1" || newest "$1[.-]*" ;;
esac
