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

dump=$(${OBJDUMP:-objdump} -t -r "$object") || exit 1
symbols=$(printf '%s\n' "$dump" | sed '/^RELOCATION RECORDS FOR /,$d')

# The symbols of the object whose names match an extended regular expression
matching() {
	printf '%s\n' "$symbols" | sed -n 's/^.* //p' | grep -E "$1"
}

if found=$(matching '^__cxa_guard_(acquire|release)$'); then
	refuse 'a function-local static that is initialised at run time' \
		"$(matching '^_ZGV' || echo "$found")" \
		'its guard would take a lock nobody can see' \
		'make it constexpr or constinit, or a member of the module object'
fi
# Sanitizers and coverage put a constructor of their own into each object, and the kernels they
# are for run it. Any more than those is the source's.
constructors=$(printf '%s\n' "$dump" |
	sed -n -E '/^RELOCATION RECORDS FOR \[\.(init_array|ctors)/,/^$/ { / R_/p; }' | wc -l)
instrumentation=$(matching '^(_sub_I_[0-9]+_[0-9]+|(asan|hwasan|tsan)\.module_ctor|__llvm_gcov_init)$' | wc -l)
if [ "$constructors" -gt "$instrumentation" ]; then
	# Which variable it is for only its code says: name every one there is.
	refuse 'a static constructor' \
		"$(printf '%s\n' "$symbols" |
			sed -n -E 's/^[0-9a-f]+ .* O \.(bss|data)[^\t]*\t[0-9a-f]+ (\.hidden )?//p' |
			grep -v -E 'kcxx_|^__unnamed_|^__(gcov|llvm_gcov)' || echo 'a variable with a destructor')" \
		'the kernel does not run the constructors of modules' \
		'make the variable constinit, or a member of the module object'
fi
if found=$(matching '^(__cxa_throw|__cxa_allocate_exception|__cxa_begin_catch|__gxx_personality_v0|_Unwind_Resume)$'); then
	refuse 'exceptions' "$found" 'the kernel has no unwinder for them' \
		'return kernel::Result<T>, and pass an error on with KTRY()'
fi
if found=$(matching '^(__dynamic_cast|_ZTVN10__cxxabiv1.*)$'); then
	refuse 'run-time type information' "$found" 'modules are built without it' \
		'a virtual function, or std::variant with std::visit'
fi
if found=$(matching '^_Zn[wa][jm]'); then
	refuse "plain 'new'" "$found" 'it has no GFP flags and cannot report failure' \
		'kernel::Box<T>::make(kernel::GFP_KERNEL, …)'
fi
if found=$(matching '^__((add|sub|mul|div|neg|eq|ne|lt|le|gt|ge|unord)[sdxt]f[23]?|(fix|fixuns)[sdxt]f[sdt]i|(float|floatun)[sdt]i[sdxt]f|(extend|trunc)[sdxth]f[sdxth]f2|pow[is][sdxt]f2)$'); then
	refuse 'floating point' "$found" 'the kernel does not save the floating-point registers' \
		'integers, scaled where needed (thousandths, Q16.16)'
fi

# GCC before 14 leaves out the alignment of functions that it takes for cold, and at the entry of
# one that lies otherwise arm64 kernels stop.
if [ -n "${KCXX_ENTRY_ALIGNMENT-}" ]; then
	found=$(${OBJDUMP:-objdump} -h -t -r "$object" |
		LC_ALL=C awk -v alignment="$KCXX_ENTRY_ALIGNMENT" -f "${0%/*}/misaligned-entries.awk")
	[ -z "$found" ] || refuse 'functions that are not aligned as this kernel patches them' "$found" \
		"they are cold for this compiler, which then drops -falign-functions=$KCXX_ENTRY_ALIGNMENT" \
		'take [[gnu::cold]] from it and from what it always calls, or build with GCC 14, or with Clang'
fi

if [ "$bad" -ne 0 ]; then
	rm -f "$object"
	exit 1
fi
