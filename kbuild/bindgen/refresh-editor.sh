#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: KCXX_BINDINGS=<directory> refresh-editor.sh <flags.sh> <directory> <source> <C++ compiler> <argument>…
#
# After a source was compiled with the bindings in $KCXX_BINDINGS: sees to it that editors have the whole ones. Where
# those are not made yet, editors get the compiler's, and the whole ones are made in the background; on a machine of
# continuous integration ($CI) they are not.

editor=$2
if [ ! -e "$KCXX_BINDINGS/whole-key" ]; then
	rm -f "$editor/include"
	exit 0
fi

read -r key < "$KCXX_BINDINGS/whole-key"
case "$(readlink "$editor/include")" in
*/"$key"/include) [ ! -d "$editor/include" ] || exit 0 ;;
esac
if [ ! -d "$editor/include" ]; then
	rm -f "$editor/include"
	ln -s "$KCXX_BINDINGS/include" "$editor/include"
	if [ -e "$KCXX_BINDINGS/own.hpp" ]; then
		echo "#include \"$KCXX_BINDINGS/own.hpp\"" > "$editor/own.hpp"
	fi
fi
case "${CI:-false}" in
false) sh "${0%/*}/editor-bindings.sh" --background "$@" ;;
esac
