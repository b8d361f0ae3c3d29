#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: compile-helpers.sh <facts.sh> <helper>…
#        compile-helpers.sh <facts.sh> --refresh
#
# Compiles those of the C helpers that are missing or out of date, as Kbuild would, once
# for the build directory; prints the path of each object. --refresh: all helpers that were
# ever compiled here; touches kcxx/helpers.stamp if one of them was out of date.
#
# Leaves in kcxx/helpers/, beside <helper>.o:
#   <helper>.headers   the headers that it was made from, a path a line

set -e

facts=$1
shift
. "$facts"
here=$(dirname "$(realpath "$0")")
made=$KCXX_MODULE_DIR/helpers
mkdir -p "$made"

# The compiler's file: in "ccache gcc-12 -m64", the last word before the options
for word in $KCXX_CC; do
	case $word in -*) break ;; esac
	compiler=$word
done
compiler=$(realpath "$(command -v "$compiler")")

outdated() { # <helper>
	[ -e "$made/$1.o" ] && [ -e "$made/$1.headers" ] || return 0
	# find prints an error for a missing file, which is then out of date as well.
	# shellcheck disable=SC2046 # paths have no spaces here
	[ -n "$(find -L "$KCXX_KBUILD/helpers/$1.c" "$facts" "$compiler" "$here/compile-object.sh" \
		"$here/compile-helpers.sh" $(cat "$made/$1.headers") -newer "$made/$1.o" 2>&1)" ]
}

compile() { # <helper>
	# Several modules may need the object at once: each sees no object or a complete one.
	work=$made/$1.$$
	mkdir -p "$work"
	modname=$(printf '%s' "$1" | tr ',-' '__')
	(
		cd "$KCXX_CURDIR"
		eval "set -- \"\$1\" $KCXX_CC $KCXX_C_FLAGS"
		helper=$1
		shift
		# KCXX_C_FLAGS is whole: no flags to add
		sh "$here/compile-object.sh" "$facts" /dev/null C "$@" "-DKBUILD_BASENAME=\"$modname\"" \
			"-DKBUILD_MODNAME=\"$modname\"" "-D__KBUILD_MODNAME=kmod_$modname" \
			"-fmacro-prefix-map=$KCXX_KBUILD/=" -MMD -MF "$work/depfile" -o "$work/$helper.o" -c "$KCXX_KBUILD/helpers/$helper.c"
	) || {
		rm -rf "$work"
		exit 1
	}
	tr -s ' ' '\n' < "$work/depfile" | sed -n -e '/\.h$/!d' -e "s|^[^/]|$KCXX_CURDIR/&|" -e p |
		sort -u > "$work/headers"
	mv "$work/headers" "$made/$1.headers"
	mv "$work/$1.o" "$made/$1.o"
	rm -rf "$work"
}

# Usage: renew <helper>; 0 if it was out of date
renew() {
	outdated "$1" || return 1
	(
		# One process compiles, and the others wait for it; without flock, all compile.
		flock 9 2>/dev/null || :
		! outdated "$1" || compile "$1"
	) 9> "$made/.$1.lock" || exit 1
}

if [ "$1" = --refresh ]; then
	stamp=$KCXX_MODULE_DIR/helpers.stamp
	[ -e "$stamp" ] || : > "$stamp"
	for object in "$made"/*.o; do
		helper=$(basename "$object" .o)
		if [ -e "$KCXX_KBUILD/helpers/$helper.c" ] && renew "$helper"; then
			: > "$stamp"
		fi
	done
	exit
fi

for helper in "$@"; do
	# Kbuild has compiled the helpers that every module needs with the runtime.
	if grep -qx "$helper" "$KCXX_MODULE_DIR/.kcxx/needed"; then
		echo "$KCXX_MODULE_DIR/.kcxx/helpers/$helper.o"
	else
		renew "$helper" || :
		echo "$made/$helper.o"
	fi
done
