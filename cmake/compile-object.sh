#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: compile-object.sh <facts.sh> <object-flags.sh> <C|CXX|ASM> [<launcher>…] <compiler> <argument>…
#
# Compiles one object of a module for CMake, with the flags of ObjectFlags.cmake added, and
# does what Kbuild does to an object after its compiler. Leaves beside it, for link-module.sh:
#   <object>.source   the path of its source, then the checksum of the object
#   <object>.deps     its prerequisites, in make's syntax
#   <object>.exports  #SYMVER lines: the CRCs of its exports
#   <object>.has-c    if C functions are in it that bindings need

set -e

facts=$1
object_flags=$2
language=$3
shift 3

object=
source=
depfile=
previous=
skip=
for argument in "$@"; do
	case "$previous" in
	-o) object=$argument ;;
	-c) source=$argument ;;
	-MF) depfile=$argument ;;
	esac
	previous=$argument
done

# Not a compilation, but a query of the compiler
if [ -z "$object" ] || [ -z "$source" ]; then
	exec "$@"
fi

. "$facts"
. "$object_flags"
kbuild=$KCXX_KBUILD

fail() {
	status=$?
	[ "$status" -eq 0 ] || rm -f "$object"
	exit "$status"
}
trap fail EXIT

# Adds the kernel's flags before all options, so that options of the project override them
flags=$KCXX_OBJECT_FLAGS
with_fpu=
for argument in "$@"; do
	shift
	case "$argument" in
	-*)
		eval "set -- \"\$@\" $flags"
		flags=
		;;
	esac
	[ "$argument" != -DKCXX_FPU ] || with_fpu=y
	set -- "$@" "$argument"
done

# The source property KCXX_FPU: see Makefile.cxxfpu
if [ -n "$with_fpu" ]; then
	fpu_flags=$KCXX_FPU_CXX_FLAGS
	if [ "$language" = C ]; then
		# shellcheck disable=SC2153 # of facts.sh
		fpu_flags=$KCXX_FPU_C_FLAGS
	fi
	for argument in "$@"; do
		shift
		case " $KCXX_FPU_DROP " in *" $argument "*) continue ;; esac
		# shellcheck disable=SC2086 # a list of words
		[ "$argument" != -o ] || set -- "$@" $fpu_flags
		set -- "$@" "$argument"
	done
fi

# Removes the options for editors (AddKernelModule.cmake): the compiler has bindings of its own.
editor=
previous=
for argument in "$@"; do
	shift
	case "$previous$argument" in
	"-idirafter${facts%/*}"/editor/*/include)
		editor=${argument%/include}
		previous=
		continue
		;;
	"-include${facts%/*}"/editor/*/own.hpp | "-imacros${facts%/*}"/editor/*/guards.hpp)
		previous=
		continue
		;;
	esac
	case "$previous" in -idirafter | -include | -imacros) set -- "$@" "$previous" ;; esac
	previous=$argument
	case "$argument" in -idirafter | -include | -imacros) continue ;; esac
	set -- "$@" "$argument"
done

# Before the compiler, which would print hundreds of errors for -std=c++17
if [ "$language" != ASM ]; then
	sh "$kbuild/check-flags.sh" "$facts" "$language" "$object" "$source" "$@"
fi

if [ "$language" = CXX ]; then
	name=
	rest=$object
	while [ "${rest#*/}" != "$rest" ]; do
		name=$name${rest%%/*}+
		rest=${rest#*/}
	done
	KCXX_BINDINGS=${facts%/*}/bindings/$name$rest
	KCXX_HAS_C=$object.has-c
	[ ! -e "$KCXX_HAS_C" ] || rm -f "$KCXX_HAS_C"
	export KCXX_BINDINGS KCXX_ANALYSIS KCXX_HAS_C
	compiled=0
	sh "$kbuild/with-bindings.sh" "${facts%/*}/flags.sh" "$@" || compiled=$?
	[ -z "$editor" ] || sh "$kbuild/bindgen/refresh-editor.sh" "${facts%/*}/flags.sh" "$editor" "$source" "$@" || :
	[ "$compiled" -eq 0 ] || exit "$compiled"
	"$OBJCOPY" --remove-section=.group "$object" # see Makefile.cxxrules
else
	"$@"
fi

if [ -n "$KCXX_OBJTOOL" ] && [ -z "$KCXX_OBJTOOL_DELAYED" ]; then
	# shellcheck disable=SC2086 # a command and its arguments
	$KCXX_OBJTOOL "$object"
fi

# Kbuild has flags of its own for assembly, and objtool looks at its instructions.
[ ! -e "$object.exports" ] || rm -f "$object.exports"
if [ "$language" != ASM ]; then
	KCXX_LANGUAGE=$language KCXX_ENTRY_ALIGNMENT=$KCXX_ENTRY_ALIGNMENT KCXX_DEPENDENCIES=$depfile \
		sh "$kbuild/check-object.sh" "$object" "$source" "$@"
fi
if [ "$language" = CXX ]; then
	eval "set -- $KCXX_CC $KCXX_C_FLAGS"
	GENKSYMS=${KCXX_GENKSYMS:+cd "'$KCXX_OBJTREE'" && $KCXX_GENKSYMS} sh "$kbuild/export-symbols.sh" "$object" "$object.exports" "$@"
elif [ "$language" = ASM ]; then
	: # its exports have no CRCs: <asm/asm-prototypes.h> knows those of the kernel alone
elif [ -n "$KCXX_GENDWARFKSYMS" ]; then
	# CRCs from the debug information, which kernels may have since Linux 6.14
	names=$("$OBJDUMP" -t "$object" | sed -n 's/.* __export_symbol_//p')
	if [ -n "$names" ]; then
		printf '%s\n' "$names" | $KCXX_GENDWARFKSYMS "$object" > "$object.exports"
	fi
elif [ -n "$KCXX_GENKSYMS" ] && "$OBJDUMP" -t "$object" | grep -q -e ' __export_symbol_' -e ' __ksymtab_'; then
	# genksyms reads what the compiler read: the same arguments without outputs, and
	# without the launchers, which are the words before the compiler.
	while case "$2" in -*) false ;; esac; do
		shift
	done
	for argument in "$@"; do
		shift
		case "$skip$argument" in
		-o | -MF | -MT | -MQ) skip=y ;;
		-c | -MD | -MMD) ;;
		y*) skip= ;;
		*) set -- "$@" "$argument" ;;
		esac
	done
	"$@" -E -D__GENKSYMS__ | (cd "$KCXX_OBJTREE" && $KCXX_GENKSYMS) > "$object.exports"
fi
if [ "$language" = CXX ]; then
	eval "$KCXX_CXX_RECORD_MCOUNT"
elif [ "$language" = C ]; then
	eval "$KCXX_RECORD_MCOUNT"
fi

printf '%s\n' "$source" "$(cksum < "$object")" > "$object.source"
if [ -n "$depfile" ]; then
	cp "$depfile" "$object.deps"
fi
