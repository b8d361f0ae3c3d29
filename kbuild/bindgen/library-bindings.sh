#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: library-bindings.sh <flags.sh> <header>
#
# Makes the bindings of the library beside flags.sh, in library/, and <header>, which the library includes. Where
# nothing changes, the header keeps its date, so that no object is compiled again.
#
# With KCXX_KEEP_LIBRARY, which CMake sets, kcxx's cache keeps them: another build directory with the same kernel, flags,
# compilers and kcxx takes them from there.
# The key is a checksum of all these; the kernel's headers are compared by their contents. A DKMS build leaves nothing
# outside of its directory.

set -e

here=${0%/*}
kbuild=${here%/*}
flags=$1
module=${flags%/.kcxx/*}
folder=${flags%/*}/library
header=$2
kept="declarations tags wrapped hidden headers"

# Without the paths of the module and of kcxx, and with them again
without_paths() {
	sed "s|$module/|@MODULE@/|g; s|$kbuild/|@KBUILD@/|g"
}
with_paths() {
	sed "s|@MODULE@/|$module/|g; s|@KBUILD@/|$kbuild/|g"
}

checksum() {
	sha256sum | cut -c1-64
}

key() {
	{
		without_paths < "$flags"
		cat "$module/.kcxx/include/generated/autoconf.h" "$kbuild"/*.sh "$kbuild"/*.h "$here"/* "$kbuild"/helpers/* \
			"$kbuild"/kunit/* "$kbuild"/runtime/*
		find -L "$kbuild/include/kernel" -name '*.hpp' | LC_ALL=C sort | xargs cat
	} | checksum
}

# The contents of the headers that are listed, whose paths have to exist
contents() {
	xargs cat < "$1" 2> /dev/null | checksum
}

# Only a directory of this user is used, because modules are made of its files.
take() {
	[ -d "$entry" ] && [ -O "$entry" ] || return 1
	mkdir -p "$folder.taken"
	for file in bindings.hpp $kept; do
		with_paths < "$entry/$file" > "$folder.taken/$file" || return 1
	done
	[ "$(contents "$folder.taken/headers")" = "$(cat "$entry/contents")" ] || return 1
	rm -rf "$folder"
	mv "$folder.taken" "$folder"
	touch "$entry" 2> /dev/null || :
}

# Whole or not at all; a directory that cannot be written is no reason to fail
keep() {
	mkdir -p "$entry.$$" || return
	for file in bindings.hpp $kept; do
		without_paths < "$folder/$file" > "$entry.$$/$file" || return
	done
	contents "$folder/headers" > "$entry.$$/contents" || return
	rm -rf "$entry"
	mv "$entry.$$" "$entry" || return
	find "${entry%/*}" -mindepth 1 -maxdepth 1 -type d -mtime +60 -exec rm -rf {} +
}

entry=
cache=${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME:-/dev/null}/.cache}/kcxx}/library
if [ -n "${KCXX_KEEP_LIBRARY-}" ] && command -v sha256sum > /dev/null; then
	entry=$cache/$(key)
fi
if [ -z "$entry" ] || ! take; then
	rm -rf "$folder.taken"
	sh "$here/bindgen.sh" --library "$flags" "$folder"
	[ -z "$entry" ] || keep 2> /dev/null || rm -rf "$entry.$$"
fi

# The library includes them in parts, so that a source reads only what its headers of the library need.
parts=${header%/*}/bindings
made_of=$(cat "$folder/bindings.hpp" "$here/split-bindings.awk" | cksum)
if [ "$made_of" != "$(cat "$parts/made-of" 2> /dev/null)" ]; then
	rm -rf "$parts"
	mkdir -p "$parts"
	(cd "$kbuild/include/kernel" && find . -type d) | (cd "$parts" && xargs mkdir -p)
	awk -v folder="${header%/*}" -f "$here/split-bindings.awk" "$folder/bindings.hpp"
	echo "$made_of" > "$parts/made-of" # the last: without it, the parts are not whole
fi
