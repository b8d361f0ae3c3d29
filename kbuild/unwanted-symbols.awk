# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads objdump -t -r of an object, and prints what check-object.sh refuses, a line each:
# <construct> <symbol>; or "unreadable", where that is what it reads.

$0 == "unreadable" {
	print
}

# Symbols: 0000000000000008 g     F .text	0000000000000040 .hidden name
!relocations {
	name = $NF
	if (name ~ /^__cxa_guard_(acquire|release)$/)
		guard = guard "guard " name "\n"
	else if (name ~ /^_ZGV/)
		guarded = guarded "guard " name "\n"
	else if (name ~ /^(_sub_I_[0-9]+_[0-9]+|(asan|hwasan|tsan)\.module_ctor|__llvm_gcov_init)$/)
		instrumentation++
	else if (name ~ /^(__cxa_throw|__cxa_allocate_exception|__cxa_begin_catch|__gxx_personality_v0|_Unwind_Resume)$/)
		print "exceptions", name
	else if (name ~ /^(__dynamic_cast|_ZTVN10__cxxabiv1.*)$/)
		print "types", name
	else if (name ~ /^_Zn[wa][jm]/)
		print "new", name
	else if (name ~ /^__((add|sub|mul|div|neg|eq|ne|lt|le|gt|ge|unord)[sdxt]f[23]?|(fix|fixuns)[sdxt]f[sdt]i|(float|floatun)[sdt]i[sdxt]f|(extend|trunc)[sdxth]f[sdxth]f2|pow[is][sdxt]f2)$/)
		print "floating", name
}

# Variables that may need a constructor, but for kcxx's and the compilers' own
!relocations && match($0, /^[0-9a-f]+ .* O \.(bss|data)[^\t]*\t[0-9a-f]+ (\.hidden )?/) {
	variable = substr($0, RLENGTH + 1)
	if (variable !~ /kcxx_|^__unnamed_|^__(gcov|llvm_gcov)/)
		variables = variables "constructor " variable "\n"
}

/^RELOCATION RECORDS FOR / {
	relocations = 1
	of_constructors = $4 ~ /^\[\.(init_array|ctors)/
}

of_constructors && / R_/ {
	constructors++
}

END {
	if (guard)
		printf "%s", guarded ? guarded : guard
	# Sanitizers and coverage put a constructor of their own into each object, and the kernels they
	# are for run it. Any more than those is the source's; of which variable, only its code says.
	if (constructors > instrumentation)
		printf "%s", variables ? variables : "constructor a variable with a destructor\n"
}
