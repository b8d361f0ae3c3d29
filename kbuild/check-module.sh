#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: check-module.sh <module> <object>…      OBJDUMP, NM: from the environment
#
# Refuses a module with C++ in it that has neither KERNEL_MODULE() nor an init in C: it would load, do
# nothing, and nobody would know. Its C part may be the module, though, and a C part that only exports
# symbols has no init: it has MODULE_LICENSE(). So may a source of C++ be that uses the kernel's macros.
#
# Prints a linker's options for what the module refers to weakly, as GCC does in a vtable: alone, a weak
# reference takes nothing out of an archive, and a pure virtual call would jump to address 0.

module=$1
shift

# nm reads what Clang leaves for LTO; it loads the plugin of every compiler that is installed.
symbols=$(${OBJDUMP:-objdump} -t "$@" 2>/dev/null || ${NM:-nm} "$@") || exit 1

# __UNIQUE_ID_license is of the kernel's MODULE_LICENSE(); C++ mangles it.
printf '%s\n' "$symbols" | LC_ALL=C awk '
	($NF == "init_module" || $NF ~ /^(_ZL[0-9]+)?__UNIQUE_ID_(modinfo_)?license/) && !/\*UND\*/ && $(NF - 1) != "U" { found = 1 }
	$NF ~ /^__cxa_(pure|deleted)_virtual$/ && !asked[$NF]++ { print "-u " $NF }
	END { exit !found }' && exit 0

names=
for object in "$@"; do
	names="$names ${object##*/}"
done
class=$(printf '%s\n' "$module" | LC_ALL=C awk -F '[-_,]+' '{
	for (i = 1; i <= NF; i++)
		printf "%s%s", toupper(substr($i, 1, 1)), substr($i, 2)
}')
case $class in [!A-Z]*) class=Module$class ;; esac
cat >&2 <<END
*** kcxx: the module $module has no KERNEL_MODULE()
***   found:  no init_module in$names
***   needed: KERNEL_MODULE() in one of its C++ sources, even if it only exports symbols; or, where C
***           sources are the module, module_init() or MODULE_LICENSE() in one of them
***   type:   struct $class {
***           	static kernel::Result<$class> init(kernel::ThisModule &) { return {std::in_place}; }
***           };
***           KERNEL_MODULE($class);
END
exit 1
