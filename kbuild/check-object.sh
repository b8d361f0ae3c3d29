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

# refuse <construct> <symbols> <why> <remedy>
refuse() {
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
	printf '%s\n' "$unwanted" | sed -n "s/^$1 //p" | grep .
}

refuse_constructs() {
	if found=$(symbols_of guard); then
		refuse 'a function-local static that is initialised at run time' "$found" \
			'its guard would take a lock nobody can see' \
			'make it constexpr or constinit, or a member of the module object'
	fi
	if found=$(symbols_of constructor); then
		refuse 'a static constructor' "$found" \
			'the kernel does not run the constructors of modules' \
			'make the variable constinit, or a member of the module object'
	fi
	if found=$(symbols_of exceptions); then
		refuse 'exceptions' "$found" 'the kernel has no unwinder for them' \
			'return kernel::Result<T>, and pass an error on with KTRY()'
	fi
	if found=$(symbols_of types); then
		refuse 'run-time type information' "$found" 'modules are built without it' \
			'a virtual function, or std::variant with std::visit'
	fi
	if found=$(symbols_of new); then
		refuse "plain 'new'" "$found" 'it has no GFP flags and cannot report failure' \
			'kernel::Box<T>::make(kernel::GFP_KERNEL, …)'
	fi
	if found=$(symbols_of floating); then
		refuse 'floating point' "$found" 'the kernel does not save the floating-point registers' \
			'integers, scaled where needed (thousandths, Q16.16)'
	fi
}

case "$unwanted" in
'') ;;
*unreadable) exit 1 ;;
*) refuse_constructs ;;
esac

# GCC before 14 leaves out the alignment of functions that it takes for cold, and at the entry of
# one that lies otherwise arm64 kernels stop.
if [ -n "${KCXX_ENTRY_ALIGNMENT-}" ]; then
	found=$(${OBJDUMP:-objdump} -h -t -r "$object" |
		LC_ALL=C awk -v alignment="$KCXX_ENTRY_ALIGNMENT" -f "$here/misaligned-entries.awk")
	[ -z "$found" ] || refuse 'functions that are not aligned as this kernel patches them' "$found" \
		"they are cold for this compiler, which then drops -falign-functions=$KCXX_ENTRY_ALIGNMENT" \
		'take [[gnu::cold]] from it and from what it always calls, or build with GCC 14, or with Clang'
fi

if [ "$bad" -ne 0 ]; then
	rm -f "$object"
	exit 1
fi
