#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: check-object.sh <object> <source> <compiler> <argument>…
#	compiler, arguments: what made the object of the source
#	OBJDUMP: from the environment
#
# KCXX_ENTRY_ALIGNMENT: what the kernel needs the ftrace entries of functions aligned
# to, in bytes; empty if nothing.
#
# Refuses a C++ object that needs what the kernel does not have. Removes it, so
# that no later run takes it for good. Each refusal names the source line, the construct and
# the remedy.

object=$1
source=$2
here=${0%/*}
: "${OBJDUMP:=objdump}"
export OBJDUMP
bad=0

# refuse <construct> <places> <why> <remedy>: if there are any places, a line each:
# <file>:<line>, a tab, what was found
refuse() {
	[ -n "$2" ] || return 0
	bad=1
	{
		printf '%s\n' "$2" | sed "s/	/: error: kcxx: $1\\
  found: /"
		echo "  why:   $3"
		echo "  fix:   $4"
	} >&2
}

# For every object of every build: no more processes than it takes
unwanted=$({ $OBJDUMP -t -r "$object" || echo unreadable; } | LC_ALL=C awk -f "$here/unwanted-symbols.awk")

# The places that are the construct's
places_of() {
	printf '%s\n' "$places" | sed -n "s/^$1	//p"
}

case "$unwanted" in *unreadable) exit 1 ;; esac

if [ -n "$unwanted" ]; then
	shift
	places=$(printf '%s\n' "$unwanted" | sh "$here/refused-places.sh" "$object" "$@")
	refuse 'a function-local static that is initialised at run time' "$(places_of guard)" \
		'its guard would take a lock nobody can see' \
		'make it constexpr or constinit, or a member of the module object'
	refuse 'a static constructor' "$(places_of constructor)" \
		'the kernel does not run the constructors of modules' \
		'make the variable constinit, or a member of the module object'
	refuse 'exceptions' "$(places_of exceptions)" 'the kernel has no unwinder for them' \
		'return kernel::Result<T>, and pass an error on with KTRY()'
	refuse 'run-time type information' "$(places_of types)" 'modules are built without it' \
		'a virtual function, or std::variant with std::visit'
	refuse "plain 'new'" "$(places_of new)" 'it has no GFP flags and cannot report failure' \
		'kernel::Box<T>::make(kernel::GFP_KERNEL, …), or kernel::Vec<T> for an array'
	refuse "plain 'delete'" "$(places_of delete)" "only a plain 'new' makes what it frees" \
		'kernel::Box<T>, which destroys what it owns'
	refuse 'floating point' "$(places_of floating)" 'the kernel does not save the floating-point registers' \
		'integers, scaled where needed (thousandths, Q16.16)'
fi

# GCC before 14 leaves out the alignment of functions that it takes for cold, and at the entry of
# one that lies otherwise arm64 kernels stop.
if [ -n "${KCXX_ENTRY_ALIGNMENT-}" ]; then
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
