#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: check-object.sh <object> <source> <compiler> <argument>…
#	compiler, arguments: the command that compiled the source to the object
#	OBJDUMP: from the environment
#
# KCXX_DEPENDENCIES: the file that lists the object's prerequisites, in make's syntax; may be empty.
#
# KCXX_ENTRY_ALIGNMENT: the alignment, in bytes, that the kernel requires of the ftrace entries of
# functions; empty if none.
#
# KCXX_LANGUAGE: C for an object of C, of which only the instructions are checked: the link finds the rest.
#
# Refuses an object that needs what the kernel does not have, or that has instructions which the kernel's flags
# rule out. Removes it, so that no later build uses it. Each refusal names the source line, the
# construct and the remedy.

object=$1
source=$2
shift 2
here=${0%/*}
: "${OBJDUMP:=objdump}"
export OBJDUMP
bad=0
tab=$(printf '\t')

# refuse <construct> <places> <why> <remedy> <id>: if there are any places, a line each:
# <file>:<line>, a tab, what was found
refuse() {
	[ -n "$2" ] || return 0
	bad=1
	{
		printf '%s\n' "$2" | sed "s/	/: error: kcxx: $1\\
  found: /"
		echo "  why:   $3"
		echo "  fix:   $4"
		echo "  more:  kcxx-$5 in docs/errors.md"
	} >&2
}

. "$here/bindgen/add-bindings.sh"

# Instructions that the flags rule out
mitigations=
fpu=
kcfi=
for argument in "$@"; do
	case "$argument" in
	-mfunction-return=thunk-extern) mitigations="$mitigations return" ;;
	-mindirect-branch=thunk-extern | -mretpoline-external-thunk) mitigations="$mitigations branch" ;;
	-mno-red-zone) mitigations="$mitigations redzone" ;;
	-DKCXX_FPU) fpu=y ;;
	-fsanitize=kcfi) kcfi=y ;;
	-flto*) [ "${KCXX_LANGUAGE-}" != C ] || exit 0 ;; # a kernel with LTO: C is bitcode, which has no instructions
	esac
done

# Runs for every object of every build, so with as few processes as possible
KCXX_MITIGATIONS=${mitigations:+$mitigations }
export KCXX_MITIGATIONS KCXX_FPU="$fpu"
unwanted=$({ $OBJDUMP -t -r "$object" && $OBJDUMP -d --no-show-raw-insn "$object" || echo unreadable; } |
	LC_ALL=C awk -v mitigations="$KCXX_MITIGATIONS" -v fpu="$fpu" -v kcfi="$kcfi" -v only_code="$(
		[ "${KCXX_LANGUAGE-}" != C ] || echo y)" -v runtime="$(
		case "$source" in "$here"/runtime/*) echo y ;; esac)" -f "$here/unwanted-code.awk" -f "$here/unwanted-symbols.awk")

# places_of <construct>: prints its places
places_of() {
	printf '%s\n' "$places" | sed -n "s/^$1	//p"
}

case "$unwanted" in *unreadable) exit 1 ;; esac

if [ -n "$unwanted" ]; then
	places=$(printf '%s\n' "$unwanted" | sh "$here/refused-places.sh" "$object" "$source" "$@")
	while IFS="$tab" read -r _ name construct why write id; do
		refuse "$construct" "$(places_of "$name")" "$why" "$write" "$id"
	done <<END
$(sed -n "/^object$tab/p" "$here/remedies.tsv")
END
fi

# Reads the source as it is, which is fast, and the preprocessed source only if that finds any places
if [ "${KCXX_LANGUAGE-}" != C ] && [ -n "$(LC_ALL=C awk -v own="$here/include/" \
	-v depfile="${KCXX_DEPENDENCIES-}" -v headers_of_c="${KCXX_BINDINGS:+$KCXX_BINDINGS/headers}" \
	-f "$here/ktry-places.awk" "$source")" ]; then
	left=$(sh "$here/ktry-places.sh" "$object" "$@") || exit 1
	IFS="$tab" read -r _ _ construct why write id <<-END
	$(sed -n "/^object${tab}initialiser/p" "$here/remedies.tsv")
	END
	refuse "$construct" "$left" "$why" "$write" "$id"
fi

# GCC before 14 does not align functions that it takes for cold. At the entry of a function that is
# not aligned, arm64 kernels stop.
if [ -n "${KCXX_ENTRY_ALIGNMENT-}" ] && [ "${KCXX_LANGUAGE-}" != C ]; then
	refuse 'functions that are not aligned as this kernel patches them' \
		"$($OBJDUMP -h -t -r "$object" |
			LC_ALL=C awk -v alignment="$KCXX_ENTRY_ALIGNMENT" -f "$here/misaligned-entries.awk" |
			{ c++filt 2>/dev/null || cat; } | sort -u | sed "s|^|$source	|")" \
		"they are cold for this compiler, which then drops -falign-functions=$KCXX_ENTRY_ALIGNMENT" \
		'take [[gnu::cold]] from it and from what it always calls, or build with GCC 14, or with Clang'
fi

if [ "$bad" -ne 0 ]; then
	rm -f "$object"
	exit 1
fi
