#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: check-object.sh <object> <source>      OBJDUMP: from the environment
#
# KCXX_ENTRY_ALIGNMENT: what the kernel needs the ftrace entries of functions aligned
# to, in bytes; empty if nothing.
#
# Refuses a C++ object that needs what the kernel does not have. Removes it, so
# that no later run takes it for good. Each refusal names source, construct and
# remedy.

object=$1
source=$2
here=${0%/*}
bad=0

# refuse <construct> <symbols> <why> <remedy>: if there are any such symbols
refuse() {
	[ -n "$2" ] || return 0
	bad=1
	{
		echo "$source: error: kcxx: $1"
		printf '%s\n' "$2" | c++filt 2>/dev/null | sort -u | sed 's/^/  found: /'
		echo "  why:   $3"
		echo "  fix:   $4"
	} >&2
}

# For every object of every build: no more processes than it takes
unwanted=$({ ${OBJDUMP:-objdump} -t -r "$object" || echo unreadable; } | LC_ALL=C awk -f "$here/unwanted-symbols.awk")

# Those that are the construct's
symbols_of() {
	printf '%s\n' "$unwanted" | sed -n "s/^$1 //p"
}

case "$unwanted" in *unreadable) exit 1 ;; esac

if [ -n "$unwanted" ]; then
	refuse 'a function-local static that is initialised at run time' "$(symbols_of guard)" \
		'its guard would take a lock nobody can see' \
		'make it constexpr or constinit, or a member of the module object'
	refuse 'a static constructor' "$(symbols_of constructor)" \
		'the kernel does not run the constructors of modules' \
		'make the variable constinit, or a member of the module object'
	refuse 'exceptions' "$(symbols_of exceptions)" 'the kernel has no unwinder for them' \
		'return kernel::Result<T>, and pass an error on with KTRY()'
	refuse 'run-time type information' "$(symbols_of types)" 'modules are built without it' \
		'a virtual function, or std::variant with std::visit'
	refuse "plain 'new'" "$(symbols_of new)" 'it has no GFP flags and cannot report failure' \
		'kernel::Box<T>::make(kernel::GFP_KERNEL, …)'
	refuse 'floating point' "$(symbols_of floating)" 'the kernel does not save the floating-point registers' \
		'integers, scaled where needed (thousandths, Q16.16)'
fi

# GCC before 14 leaves out the alignment of functions that it takes for cold, and at the entry of
# one that lies otherwise arm64 kernels stop.
if [ -n "${KCXX_ENTRY_ALIGNMENT-}" ]; then
	refuse 'functions that are not aligned as this kernel patches them' \
		"$(${OBJDUMP:-objdump} -h -t -r "$object" |
			LC_ALL=C awk -v alignment="$KCXX_ENTRY_ALIGNMENT" -f "$here/misaligned-entries.awk")" \
		"they are cold for this compiler, which then drops -falign-functions=$KCXX_ENTRY_ALIGNMENT" \
		'take [[gnu::cold]] from it and from what it always calls, or build with GCC 14, or with Clang'
fi

if [ "$bad" -ne 0 ]; then
	rm -f "$object"
	exit 1
fi
