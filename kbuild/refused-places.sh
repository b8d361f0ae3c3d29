#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: refused-places.sh <object> <source> <compiler> <argument>… < <output of unwanted-symbols.awk>
#	OBJDUMP: from the environment
#
# Prints where an object contains what check-object.sh refuses, a line each, tabs between:
# <construct> <file>:<line> <what was found>. Runs only after a refusal, so it may compile again.

object=$1
source=$2
shift 2
here=${0%/*}
compiled=$object.places
trap 'rm -f "$compiled.o" "$compiled"' EXIT

. "$here/drop-outputs.sh"

cat > "$compiled"

# Not every kernel is built with debug information.
if ! $OBJDUMP -h "$object" | grep -q '\.debug_line'; then
	"$@" -g -o "$compiled.o" && object=$compiled.o
fi

{
	# Clang's code of destructors has no line, but Clang has a warning instead. GCC has none.
	! grep -q '^constructor ' "$compiled" ||
		LC_ALL=C "$@" -fsyntax-only -fno-color-diagnostics -Wno-everything -Wglobal-constructors 2>&1
	$OBJDUMP -d -r -l --no-show-raw-insn --inlines "$object" 2>/dev/null ||
		$OBJDUMP -d -r -l --no-show-raw-insn "$object"
} | LC_ALL=C awk -v source="$source" -v own="$here/include" -v mitigations="${KCXX_MITIGATIONS-}" -v fpu="${KCXX_FPU-}" \
		-f "$here/unwanted-code.awk" -f "$here/refused-places.awk" "$compiled" - |
	{ c++filt 2>/dev/null || cat; }
