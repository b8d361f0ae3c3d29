#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: editor-bindings.sh [--background] <flags.sh> <directory> <source> <C++ compiler> <argument>…
#        editor-bindings.sh --answer <directory> [<bindings>]
#
# Makes what editors read in the place of the kernel's headers: <directory>/include, a link to the whole bindings of
# the source's headers, which are in kcxx's cache; and <directory>/guards.hpp and own.hpp, to be read before the source.
#
# --background: returns at once. Bindings are made one after the other, with the least priority, and nobody hears of
# a failure. --answer: editors get these bindings, which are there, or none.

set -e
here=${0%/*}
cache=${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME-}/.cache}/kcxx}/bindings

# The options of add-bindings.sh, as far as there are any
answer() {
	{
		echo '#pragma GCC diagnostic ignored "-Wnarrowing"'
		if [ -e "$2/own.hpp" ]; then
			echo "#include \"$2/own.hpp\""
		fi
	} > "$1/own.hpp.$$"
	mv "$1/own.hpp.$$" "$1/own.hpp"
	if [ -e "$2/guards.hpp" ]; then
		cp "$2/guards.hpp" "$1/guards.hpp.$$"
	else
		: > "$1/guards.hpp.$$"
	fi
	mv "$1/guards.hpp.$$" "$1/guards.hpp"
	rm -f "$1/include"
	if [ -n "$2" ]; then
		ln -sfn "$2/include" "$1/include"
	fi
}

if [ "$1" = --answer ]; then
	answer "$2" "${3-}"
	exit 0
fi

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

# Bindings that no build has asked for in two months are removed.
mkdir -p "$cache" "$directory"
find "$cache" -mindepth 1 -maxdepth 1 -type d -mtime +60 -exec rm -rf {} +

whole=$(sh "$here/bindgen.sh" --whole "$flags" "$cache" "$source" "$@")
answer "$directory" "$whole"
