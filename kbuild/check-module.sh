#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: check-module.sh <module> <object>…      OBJDUMP, NM: from the environment
#
# Refuses a module with C++ in it that has neither KERNEL_MODULE() nor an init in C: it would load and
# silently do nothing. A C part that only exports symbols needs no init: MODULE_LICENSE() is enough. The
# same holds for a C++ source that uses the kernel's macros.
#
# Prints linker options for weak references of the module, as GCC has them in a vtable. A weak reference
# alone takes nothing out of an archive, so that a pure virtual call would jump to address 0.
#
# Refuses a module whose sources do not agree on its operator new: operator-new.awk.

module=$1
shift

# nm also reads Clang's bitcode of LTO, because it loads the plugin of every compiler that is installed.
symbols=$(${OBJDUMP:-objdump} -t "$@" 2>/dev/null || ${NM:-nm} "$@") || exit 1

# Words of operator-new.h that do not agree, and an operator new of the module's own that does not fit its word
case "$symbols" in *kcxx_operator_new_*)
	new=$(printf '%s\n' "$symbols" | LC_ALL=C awk -v module="$module" -f "${0%/*}/operator-new.awk")
	[ -z "$new" ] || {
		printf '%s\n' "$new" | { c++filt 2>/dev/null || cat; } >&2
		exit 1
	}
	;;
esac

# The kernel's MODULE_LICENSE() defines __UNIQUE_ID_license; C++ mangles it.
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
