#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: wrappers.sh <flags.sh> <bindings> <object> <C++ compiler> <argument>…
#
# Links into an object the C functions kcxx_c_… that it calls: inlines that C++ cannot take. They are the object's
# own, and compiled by the kernel's C compiler with the kernel's flags. With them comes what the headers define: for
# CREATE_TRACE_POINTS, tracepoints and their events.
#
# KCXX_HAS_C=<file>: makes that file if the object has C now.

set -e

here=${0%/*}
flags=$1
bindings=$2
object=$3
shift 3

defines=$(LC_ALL=C grep -m 1 '^C' "$bindings/declarations") || :
[ -s "$bindings/wrapped" ] || [ -n "$defines" ] || exit 0
. "$flags"
. "$here/kernel-compiler.sh"
# nm reads the bitcode of LTO as well, but takes ten times as long: it loads the plugin of every compiler.
names=$({ $KCXX_OBJDUMP -t "$object" 2> /dev/null || $KCXX_NM -u "$object"; } |
	sed -n 's/^\(.*\*UND\*.*\| *U\) kcxx_c_//p')
called=
for name in $names; do
	called="$called$name "
done
[ -n "$called$defines" ] || exit 0

own_macros=
for argument in "$@"; do
	case "$argument" in
	-DKBUILD_*=* | -D__KBUILD_*=*) own_macros="$own_macros '$argument'" ;;
	esac
done

# Without entries of __mcount_loc where the C++ has none: objtool or recordmcount makes those of the whole object.
case " $* $KCXX_C_FLAGS " in
*" -mrecord-mcount "*" -mrecord-mcount "*) record= ;;
*" -mrecord-mcount "*) record=-mno-record-mcount ;;
*) record= ;;
esac

work=$object.wrappers
trap 'rm -f "$work.c" "$work.o" "$work.linked"' EXIT
{
	LC_ALL=C awk -f "$here/c-declarations.awk" "$bindings/tags" "$bindings/declarations"
	echo '# 1 "kcxx-wrappers"'
	LC_ALL=C awk -v called="$called" -f "$here/members.awk" -f "$here/wrappers.awk" "$bindings/declarations"
} > "$work.c"
cc_preprocessed ${record:+"$record"} -c "$work.c" -o "$work.o"
"$KCXX_LD" -r -o "$work.linked" "$object" "$work.o"
# objtool of Linux 6.1 takes an object with two names of files for a linked one.
"$KCXX_OBJCOPY" --wildcard --localize-symbol='kcxx_c_*' --strip-symbol='*kcxx-wrappers' --strip-symbol='*.wrappers.c' \
	"$work.linked" "$object"
[ -z "${KCXX_HAS_C-}" ] || : > "$KCXX_HAS_C"
