#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: KCXX_BINDINGS=<directory> refresh-editor.sh <flags.sh> <directory> <source> <C++ compiler> <argument>…
#
# After a source was compiled with the bindings in $KCXX_BINDINGS: sees to it that editors have the whole ones. Where
# those are not made yet, editors get the compiler's, and the whole ones are made in the background; on a machine of
# continuous integration ($CI) they are not.

here=${0%/*}
editor=$2
if [ ! -e "$KCXX_BINDINGS/whole-key" ]; then
	[ ! -L "$editor/include" ] || sh "$here/editor-bindings.sh" --answer "$editor"
	exit 0
fi

read -r key < "$KCXX_BINDINGS/whole-key"
case "$(readlink "$editor/include")" in
*/"$key"/include)
	if [ -d "$editor/include" ]; then
		touch "$editor/include/.." # old ones are removed
		exit 0
	fi
	;;
esac
sh "$here/editor-bindings.sh" --answer "$editor" "$KCXX_BINDINGS"
case "${CI:-false}" in
false) sh "$here/editor-bindings.sh" --background "$@" ;;
esac
