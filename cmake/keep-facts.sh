#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: keep-facts.sh <take|keep> <kcxx's kbuild/> <directory> <make> <kernel directory> <variable>…
#
# Kbuild takes a second and more to write down its facts for CMake, to check them, and to build the runtime, all in
# <directory>/.kcxx. kcxx's cache keeps that directory:
#
#   keep   copies it into the cache, once Kbuild has made it
#   take   fills it from the cache, or returns 1 if it has to be made
#
# The facts depend on make's arguments and environment, and on the contents of kcxx and of the kernel's configuration: the
# key is a checksum of these, and of the dates of the programs in $PATH. They depend further on the kernel's makefiles,
# scripts and headers, on the compilers, and on the headers of C++: these are listed in the entry and compared before it
# is taken.

set -e
LC_ALL=C
export LC_ALL

what=$1
kbuild=$2
directory=$3
shift 3
kernel=$2
facts=$directory/.kcxx
cache=${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME:-/dev/null}/.cache}/kcxx}/facts
most=64 # entries, of 2 MB

command -v sha256sum > /dev/null || exit 1

checksum() {
	sha256sum | cut -c1-64
}

key() {
	{
		printf '%s\n' "$kbuild" "$@" "$PATH" "$HOME"
		uname -m
		cat "$directory/Kbuild" "$kernel/Makefile" "$kernel/.kernelvariables" "$kernel/.config" \
			"$kernel/include/config/auto.conf" "$kernel/include/config/kernel.release" \
			"$kernel/include/generated/autoconf.h" 2>&1
		find -L "$kbuild" -type f | sort | xargs cat
		# shellcheck disable=SC2046 # a word each
		ls -dlL --full-time "$kernel"/* $(printf '%s' "$PATH" | tr ':' ' ') 2>&1
	} | checksum
}

# list_files, list_places: the files whose contents count, and the places whose dates count, a path a line
list_files() {
	printf '%s\n' "$KCXX_SRCTREE/Makefile" "$KCXX_SRCTREE/arch/$KCXX_SRCARCH"/Makefile*
	find -L "$KCXX_SRCTREE/scripts" "$KCXX_OBJTREE/scripts" -maxdepth 1 -type f | sort
	cat "$facts/library/headers" 2> /dev/null || :
}
list_places() {
	printf '%s\n' "$KCXX_CXX_IDENTITY" | tr '|' '\n' | grep '^/' || :
	for command in "$KCXX_CC" "$KCXX_CXX" "$KCXX_LD" "$KCXX_PAHOLE"; do
		for word in $command; do
			case "$word" in -*) continue ;; esac
			program=$(command -v "$word" 2> /dev/null) || continue
			program=$(realpath "$program")
			printf '%s\n' "$program" "${program%/*}"
		done
	done
}

# state <entry>: a checksum of what the entry depends on, and of the entry itself
state() {
	{
		find "$1/facts" -type f | sort | xargs cat
		xargs cat < "$1/files" 2>&1
		xargs ls -dlL --full-time < "$1/places" 2>&1
	} | checksum
}

# copy <from> <to> <expression of sed for texts>: the copies are of now
copy() {
	mkdir -p "$2"
	list=$(cd "$1" && find . \( -path ./editor -o -path ./bindings \) -prune -o -name '.?*' -o -name checked -o -name '*.a' -o -type f -print)
	printf '%s\n' "$list" | tar -C "$1" -cf - -T - | tar -C "$2" -xmf - &&
		printf '%s\n' "$list" | grep -v '\.o$' | (cd "$2" && xargs sed -i "$3")
}

# Only an entry of this user is used, because modules are made of it.
is_valid() {
	[ -O "$entry" ] && [ "$(state "$entry")" = "$(cat "$entry/state")" ]
}

take() {
	if ! is_valid; then
		rm -f "$facts/kept"
		exit 1
	fi
	touch "$entry" 2> /dev/null || :
	[ "$(cat "$facts/kept" 2> /dev/null)" != "$entry" ] || exit 0 # nothing has changed
	rm -rf "$facts/kept" "$facts/library" "$facts/runtime"
	find "$facts" -name '.*.cmd' -delete 2> /dev/null || : # of other files
	copy "$entry/facts" "$facts" "s|@DIRECTORY@|$directory|g"
	ln -sf "$kernel/include/generated/autoconf.h" "$facts/include/generated/autoconf.h"
	. "$facts/facts.sh"
	rm -f "$facts/libkcxx.a"
	[ ! -d "$facts/runtime" ] || "$AR" cDPrsT "$facts/libkcxx.a" "$facts"/runtime/*.o
	echo "$entry" > "$facts/kept"
}

# Whole or not at all; a directory that cannot be written is no reason to fail
keep() {
	. "$facts/facts.sh"
	new=$entry.$$
	mkdir -p "$new" &&
		copy "$facts" "$new/facts" "s|$directory|@DIRECTORY@|g" &&
		list_files > "$new/files" &&
		list_places > "$new/places" &&
		state "$new" > "$new/state" &&
		rm -rf "$entry" &&
		mv -T "$new" "$entry" || return
	echo "$entry" > "$facts/kept"
	sh "${0%/*}/keep-newest.sh" "$cache" $most
}

entry=$cache/$(key "$@")
case "$what" in
take) take ;;
keep) keep 2> /dev/null || rm -rf "$new" ;;
esac
