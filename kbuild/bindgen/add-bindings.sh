# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
#
# Sourced with a C++ compiler's command as the positional parameters: names $KCXX_BINDINGS, if bindings were made there,
# before any directory of the project. The kernel's u32 members take -1, which C++
# calls narrowing.

if [ -n "${KCXX_BINDINGS-}" ] && [ -d "$KCXX_BINDINGS" ]; then
	added=
	for argument in "$@"; do
		shift
		case "$added$argument" in
		-*)
			set -- "$@" -I"$KCXX_BINDINGS/include" -Wno-narrowing
			[ ! -e "$KCXX_BINDINGS/own.hpp" ] ||
				set -- "$@" -imacros "$KCXX_BINDINGS/guards.hpp" -include "$KCXX_BINDINGS/own.hpp"
			added=y
			;;
		esac
		set -- "$@" "$argument"
	done
fi
