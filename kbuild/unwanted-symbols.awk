# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads objdump -t -r and then objdump -d of an object, and prints what check-object.sh refuses, a line each:
# <construct> <symbol>; or "unreadable", if its input is this word. refused-places.awk finds the
# source lines. unwanted-code.awk, which is read with this file, finds the instructions that are refused.

# Returns the function at an offset of a section: the last one that begins there or before. Offsets are
# compared as texts, because awk takes some of them, as 00e0, for a number with an exponent.
function function_at(section, offset,    i, start, name) {
	start = ""
	offset = offset ""
	for (i = 1; i <= functions[section]; i++)
		if (function_start[section, i] <= offset && function_start[section, i] >= start) {
			start = function_start[section, i]
			name = function_name[section, i]
		}
	return name
}

# Returns the function that the value of a relocation record names: _Z4initv, or .text.startup+0x10
function function_of(value,    parts, digits) {
	if (split(value, parts, "[+]0x") < 2 && value !~ /^\./)
		return value
	digits = "0000000000000000" parts[2]
	return function_at(parts[1], substr(digits, length(digits) - 15))
}

$0 == "unreadable" {
	print
}

/^Disassembly of section / {
	disassembly = 1
	compiled = is_compiled(substr($4, 1, length($4) - 1))
	next
}

# 0000000000000010 <_Z4makev>:
disassembly && /^[0-9a-f]+ <.*>:$/ {
	if ($2 !~ /^<\.L/)
		current = substr($2, 2, length($2) - 3)
	next
}

disassembly {
	if (compiled && (code = construct_of_instruction($0)) != "" && !(code == "branch" && annotated))
		instruction[code " " current]
	next
}

# Indirect branches that the kernel's own macros make, and annotate as safe
/^RELOCATION RECORDS FOR \[\.discard\.(retpoline_safe|annotate_insn)\]/ {
	annotated = 1
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
	else if (name ~ /^_Zn[wa][jm].*RKSt9nothrow_t$/)
		nothrow = nothrow "nothrow " name "\n"
	else if (name ~ /^_Zn[wa][jm]/)
		plain[name]
	else if (name ~ /^__((add|sub|mul|div|neg|eq|ne|lt|le|gt|ge|unord)[sdxt]f[23]?|(fix|fixuns)[sdxt]f[sdt]i|(float|floatun)[sdt]i[sdxt]f|(extend|trunc)[sdxth]f[sdxth]f2|pow[is][sdxt]f2)$/)
		print "floating", name
}

!relocations && match($0, /^[0-9a-f]+ ......F [^\t]+\t/) {
	section = substr($0, 26, RLENGTH - 26)
	function_start[section, ++functions[section]] = $1 ""
	function_name[section, functions[section]] = name
}

# The words of operator-new.h
!relocations && name ~ /^kcxx_operator_new_/ {
	has_new = 1
}

!relocations && name ~ /^kcxx_(operator_new_own|out_of_memory_BUG)$/ {
	has_plain_new = 1
}

# Variables that may need a constructor, except those of kcxx and of the compilers
!relocations && match($0, /^[0-9a-f]+ .* O \.s?(bss|data)[^\t]*\t[0-9a-f]+ (\.hidden )?/) {
	variable = substr($0, RLENGTH + 1)
	if (variable !~ /kcxx_|^_ZGV|^__unnamed_|^__(gcov|llvm_gcov)/)
		variables = variables "constructor " variable "\n"
}

# Records: 0000000000000015 R_X86_64_PLT32    _Znwm-0x0000000000000004
/^RELOCATION RECORDS FOR / {
	relocations = 1
	section = substr($4, 2, length($4) - 3)
	of_constructors = section ~ /^\.(init_array|ctors)/
}

of_constructors && / R_/ {
	constructors++
	name = function_of($3)
	# [[gnu::constructor]]; constructors that compilers add have these names
	if (name !~ /^_GLOBAL__|^_?_?cxx_global|static_initialization_and_destruction/)
		by_attribute = by_attribute "constructor " name "\n"
}

# The address of a function, not a call of it. C's struct class has another name in C++, so the function's type differs.
kcfi && section ~ /^\.(data|rodata|text|init|exit)/ && / R_[A-Z0-9_]*_(64|32S|ABS64|ADR_PREL_PG_HI21)[ \t]/ && (name = function_of($3)) ~ /^_Z.*P(VK|K|V)?6class_/ {
	called_back[name]
}

# A virtual destructor has a deleting form, D0, that calls these. D0 is never called itself;
# only a delete-expression is refused.
/ R_.* _Zd[la]Pv/ && function_at(section, $1) !~ /D0Ev/ {
	name = $3
	sub(/[-+]0x[0-9a-f]+$/, "", name)
	deleted[name]
}

END {
	for (found in instruction)
		print found
	if (only_code)
		exit
	if (guard)
		printf "%s", guarded ? guarded : guard
	# An object of runtime/ has these operators.
	for (name in plain)
		if (!has_plain_new && !runtime)
			print has_new ? "unanswered" : "new", name
	if (!has_new && !runtime) {
		printf "%s", nothrow
		for (name in deleted)
			print "delete", name
	}
	for (name in called_back)
		print "callback", name
	# Sanitizers and coverage put a constructor of their own into each object, and the kernels that they
	# are for run it. Further constructors come from the source; only their code shows for which variable.
	if (constructors > instrumentation)
		printf "%s", by_attribute variables ? by_attribute variables : "constructor a variable with a destructor\n"
}
