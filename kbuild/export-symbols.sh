#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: export-symbols.sh <object> <object's .cmd file> <C compiler> <flag>…
#        LD, OBJCOPY, OBJDUMP, KCXX_BINDINGS: from the environment
#        GENKSYMS: there as well, the kernel's command that makes CRCs; nothing where it has none
#
# Makes the exports of a C++ object complete. Those by the library's EXPORT_SYMBOL() get their entries by the
# kernel's own, in C, linked into the object; those by the kernel's EXPORT_SYMBOL(), in bindings, have them.
# Both get CRCs, where the kernel has MODVERSIONS, as the #SYMVER lines modpost reads.
#
# genksyms reads C only. Of a symbol that the headers of C declare, the CRC is C's. Of another, it is that of the
# symbol's name and C++ type: a changed signature is noticed, a changed member of a class is not.

set -e

object=$1
cmd=$2
shift 2

# checksum <text>
checksum() {
	printf '0x%08x\n' "$(printf '%s' "$1" | cksum | cut -d' ' -f1)"
}

# versions_of_c <name>… : the #SYMVER lines of the symbols that the source's headers of C declare
versions_of_c() {
	[ -n "${GENKSYMS-}" ] && [ -e "${KCXX_BINDINGS-}/directives.c" ] || return 0
	{
		echo '#include <linux/export.h>'
		cat "$KCXX_BINDINGS/directives.c"
		for name in $names; do echo "EXPORT_SYMBOL($name);"; done
	} > "$shim.c"
	eval '"$@"' "$(cat "$KCXX_BINDINGS/preprocess")" -w -E -D__GENKSYMS__ '"$shim.c"' | eval "$GENKSYMS" 2> /dev/null || :
}

# export_by_kernel <C compiler> <flag>… : the CRCs of what the object exports by the kernel's EXPORT_SYMBOL()
export_by_kernel() {
	LC_ALL=C grep -q -e __export_symbol_ -e __ksymtab_ "$object" || return 0
	names=$(${OBJDUMP:-objdump} -t "$object" | sed -n 's/.* \(__export_symbol_\|__ksymtab_\)//p')
	[ -n "$names" ] || return 0
	versions_of_c "$@" > "$shim.tmp"
	cat "$shim.tmp" >> "$cmd"
	for name in $names; do
		grep -q "^#SYMVER $name 0x" "$shim.tmp" || echo "#SYMVER $name $(checksum "$name")" >> "$cmd"
	done
}

# Few objects have exports, or as much as their names. Not by nm, which would load the plugin of every compiler that is
# installed.
LC_ALL=C grep -q -e __export_symbol_ -e __ksymtab_ -e '\.discard\.kcxx_exports' "$object" || exit 0

shim=${object%.o}.exports
trap 'rm -f "$shim.c" "$shim.o" "$shim.d" "$shim.tmp"' EXIT

export_by_kernel "$@"

LC_ALL=C grep -q '\.discard\.kcxx_exports' "$object" || exit 0
${OBJDUMP:-objdump} -h "$object" | grep -q '\.discard\.kcxx_exports' || exit 0

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
	echo "#SYMVER $name $(checksum "$name $type")"
done >> "$cmd"
