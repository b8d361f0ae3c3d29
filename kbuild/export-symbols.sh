#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: export-symbols.sh <object> <object's .cmd file> <C compiler> <flag>…
#        LD, OBJCOPY, OBJDUMP: from the environment
#
# Makes the exports that a C++ object declares with EXPORT_SYMBOL() real: the
# entries by the kernel's own EXPORT_SYMBOL, in C, linked into the object; the
# CRCs, where the kernel has MODVERSIONS, as the #SYMVER lines modpost reads.
# genksyms reads C only, so a CRC is that of the symbol's name and C++ type: a
# changed signature is noticed, a changed member of a class is not.

set -e

object=$1
cmd=$2
shift 2

# Few objects have the section, or as much as its name. Not by nm, which would load the plugin of
# every compiler that is installed.
LC_ALL=C grep -q '\.discard\.kcxx_exports' "$object" || exit 0
${OBJDUMP:-objdump} -h "$object" | grep -q '\.discard\.kcxx_exports' || exit 0

shim=${object%.o}.exports
trap 'rm -f "$shim.c" "$shim.o" "$shim.d" "$shim.tmp"' EXIT

# Records of three strings: symbol, licence, type
${OBJCOPY:-objcopy} -O binary --only-section=.discard.kcxx_exports "$object" "$shim.tmp"
records=$(tr '\000' '\n' < "$shim.tmp" | grep -v '^$')

{
	echo '#include <linux/export.h>'
	printf '%s\n' "$records" | while read -r name && read -r licence && read -r _type; do
		echo "extern void $name(void);"
		echo "EXPORT_SYMBOL${licence:+$licence}($name);" | sed 's/-//'
	done
} > "$shim.c"
"$@" -c -o "$shim.o" "$shim.c"
${LD:-ld} -r -o "$shim.tmp" "$object" "$shim.o"
mv "$shim.tmp" "$object"

printf '%s\n' "$records" | while read -r name && read -r _licence && read -r type; do
	crc=$(printf '%s %s' "$name" "$type" | cksum | cut -d' ' -f1)
	printf '#SYMVER %s 0x%08x\n' "$name" "$crc"
done >> "$cmd"
