#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: find-kernel.sh [--arch <arch>]             the kernel to build for when none is named
#        find-kernel.sh [--arch <arch>] <release>   that release's, or the newest of a series: 6.12
#        find-kernel.sh --all                       every build directory there is
#        find-kernel.sh --places <release>          where they are looked for
#
# Prints directories, one a line. Without a name: the running kernel's, else the
# newest installed, else the newest that `kcxx kernels get` has fetched; of these
# and of a series, those for this machine come before those for others. With
# --arch (x86_64, arm64, riscv64) there are no others. Those that `kcxx kernels
# build` has made are taken only by their whole release.
#
# Status: 0 found, 1 none, 2 wrong call.

here=$(cd "$(dirname "$0")" && pwd)
. "$here/usage.sh"
. "$here/versions.sh"
. "$here/architectures.sh"

cache=${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME-}/.cache}/kcxx}

# Make runs programs of the kernel that is found, so a cache that others may write to is not used. In a
# directory with the sticky bit, as /tmp, users cannot replace each other's entries.
# trusted <directory> <mode in which all may write to it>
trusted() {
	[ ! -e "$1" ] || find -L "$1" -prune \( -user "$(id -u)" -o -user 0 \) \( ! -perm -0002 -o -perm "$2" \) | grep -q .
}
untrusted=
trusted "$cache" -1002 || untrusted=$cache
trusted "$cache/kernels" -7777 || untrusted=$cache/kernels
if [ -n "$untrusted" ]; then
	echo "kcxx: $untrusted is not only this user's to write: its kernels are left out" >&2
	cache=/nonexistent
fi

# Prints the places of distributions, then that of fetched kernels
places() {
	printf '%s\n' "/lib/modules/$1/build" "/usr/src/linux-headers-$1" "/usr/src/kernels/$1" \
		"$cache/kernels/$1/build"
}

# of_release <release> <arch, or nothing>: the first place of it that is a kernel build directory
of_release() {
	places "$1" | while read -r place; do
		if [ -e "$place/Makefile" ] && is_for "$2" "$place"; then
			echo "$place"
			break
		fi
	done | grep .
}

# is_for <arch, or nothing> <kernel directory>
is_for() {
	[ -n "$1" ] || return 0
	architecture_with name "$1" || architecture_with machine "$1" || return
	# shellcheck disable=SC2154 # arch_config: set by architecture_with
	grep -qs "^CONFIG_$arch_config=y" "$2/include/config/auto.conf"
}

# Prints the kernels that the pattern of a place matches, the newest first. Debian's -common
# headers are left out: they have no configuration.
matching() {
	(
		IFS= # a pattern is expanded, not split
		for place in $1; do
			[ ! -e "$place/include/generated/autoconf.h" ] || echo "$place"
		done
	) | newest_first
}

# Removes duplicates: one build directory can be found in two places.
once() {
	seen=:
	while read -r place; do
		real=$(cd "$place" && pwd -P)
		case "$seen" in *":$real:"*) continue ;; esac
		seen=$seen$real:
		echo "$place"
	done
}

# newest <pattern of releases> <arch, or nothing>
newest() {
	places "$1" | while read -r pattern; do
		matching "$pattern" | grep -v '/kernels/[^/]*-kcxx-[^/]*/build$' | while read -r place; do
			if is_for "$2" "$place"; then
				echo "$place"
				break
			fi
		done | grep . && break
	done | grep .
}

help_wanted "$@"
arch=
if [ "${1-}" = --arch ]; then
	[ $# -ge 2 ] || wrong_call '--arch needs a value'
	arch=$2
	shift 2
fi
[ $# -le 1 ] || [ "$1" = --places ] || wrong_call "one release at a time, not '$*'"
case "${1-}" in
--all) places '*' | while read -r pattern; do matching "$pattern"; done | once | grep . ;;
--places)
	[ $# -eq 2 ] || wrong_call '--places needs a release'
	places "$2"
	;;
-*) wrong_call "unknown option '$1'" ;;
*)
	of_release "${1:-$(uname -r)}" "$arch" && exit
	pattern="${1:+$1[.-]}*"
	if [ -n "$arch" ]; then
		newest "$pattern" "$arch"
	else
		newest "$pattern" "$(uname -m)" || newest "$pattern" ''
	fi
	;;
esac
