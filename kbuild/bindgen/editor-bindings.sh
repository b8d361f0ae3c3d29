#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: editor-bindings.sh [--background] <flags.sh> <directory> <source> <C++ compiler> <argument>…
#
# Makes what editors read in the place of the kernel's headers: <directory>/include, a link to the whole bindings of
# the source's headers, which are in kcxx's cache; and <directory>/own.hpp, to be read before the source.
#
# --background: returns at once. Bindings are made one after the other, with the least priority, and nobody hears of
# a failure.

set -e
here=${0%/*}
cache=${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME-}/.cache}/kcxx}/bindings

if [ "$1" = --background ]; then
	shift
	mkdir -p "$cache" 2> /dev/null || exit 0
	set -- sh "$0" "$@"
	if command -v flock > /dev/null; then
		set -- flock "$cache/.lock" "$@"
	fi
	nohup nice -n 19 "$@" < /dev/null > /dev/null 2>&1 &
	exit 0
fi

flags=$1
directory=$2
source=$3
shift 3

# Those that no build has asked for in two months
mkdir -p "$cache" "$directory"
find "$cache" -mindepth 1 -maxdepth 1 -name '[0-9]*' -mtime +60 -exec rm -rf {} +

whole=$(sh "$here/bindgen.sh" --whole "$flags" "$cache" "$source" "$@")

: > "$directory/own.hpp.new"
if [ -e "$whole/own.hpp" ]; then
	echo "#include \"$whole/own.hpp\"" > "$directory/own.hpp.new"
fi
cmp -s "$directory/own.hpp.new" "$directory/own.hpp" || mv "$directory/own.hpp.new" "$directory/own.hpp"
rm -f "$directory/own.hpp.new" "$directory/include"
if [ -n "$whole" ]; then
	ln -s "$whole/include" "$directory/include"
fi
