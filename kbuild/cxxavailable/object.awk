# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads `objdump -h -d -r --no-show-raw-insn` of an object, GNU's or LLVM's, of
# x86-64, arm64 or riscv64, and prints the numbers that object.sh checks, as
# variables for a shell.

BEGIN {
	split("constructors red_zone floating user_canary stack_checks bare_indirect indirect_thunks " \
		"bare_returns return_thunks no_int3 no_endbr no_bti signed shadow_stack no_fentry " \
		"patchable kcfi functions unread", names, " ")
	for (i in names)
		count[names[i]] = 0
}

function end_function() {
	if (jumped)
		count["no_int3"]++
	if (inside && !fentry)
		count["no_fentry"]++
	jumped = inside = 0
}

# A section header
$1 ~ /^[0-9]+$/ && $2 ~ /^\.?(init_array|ctors)/ { count["constructors"]++ }
$1 ~ /^[0-9]+$/ && $2 ~ /patchable_function_entries/ { count["patchable"]++ }
$1 ~ /^[0-9]+$/ && $2 == ".kcfi_traps" { count["kcfi"]++ } # x86-64, riscv64
/file format/ { format = $NF }

# The beginning of a function
/^[0-9a-f]+ <.*>:$/ {
	end_function()
	name = $2
	inside = (name !~ /^<(__cfi_|__pfx_|\.|\$)|[-+]0x/)
	if (inside)
		count["functions"]++
	first = inside
	fentry = (name ~ /red_zone/) # probe.cc keeps ftrace out of it
	next
}

# A relocation belongs to the instruction before it.
/R_[A-Z0-9]+_[A-Z0-9_]+/ {
	if (/__stack_chk_fail/) count["stack_checks"]++
	if (/__fentry__|_mcount/) fentry = 1
	if (/__x86_indirect_thunk_/) count["indirect_thunks"]++
	if (/__x86_return_thunk/) count["return_thunks"]++
	next
}

# An instruction
/^ +[0-9a-f]+:/ {
	instruction = $0
	sub(/^ +[0-9a-f]+:[ \t]*/, "", instruction)
	gsub(/\t/, " ", instruction)
	# Removes a comment; on arm64, numbers begin with #
	if (format ~ /aarch64/)
		sub(/ *\/\/.*$/, "", instruction)
	else
		sub(/ *#.*$/, "", instruction)
	if (jumped) {
		if (instruction !~ /^int3/) count["no_int3"]++
		jumped = 0
	}
	if (format ~ /x86/)
		x86()
	else if (format ~ /aarch64/)
		arm64()
	else if (format ~ /riscv/)
		riscv()
	else
		count["unread"]++
	first = 0
}

function x86() {
	if (first && instruction !~ /^endbr64/) count["no_endbr"]++
	if (instruction ~ /-0x[0-9a-f]+\(%rsp/) count["red_zone"]++
	if (instruction ~ /%([xyz]?mm[0-9]|st)/) count["floating"]++
	if (instruction ~ /%fs:/) count["user_canary"]++
	if (instruction ~ /^(bnd )?ret/) { count["bare_returns"]++; jumped = 1 }
	if (instruction ~ /^(notrack |cs |bnd )*(call|jmp)q? +\*/) count["bare_indirect"]++
	if (instruction ~ /^(notrack |cs |bnd )*jmpq? +\*/) jumped = 1
}

function arm64() {
	if (first && instruction !~ /^(bti|paciasp|hint +#0x(19|22|24|26))/) count["no_bti"]++
	if (instruction ~ /^(paciasp|hint +#0x19)/) count["signed"]++
	if (instruction ~ /^brk +#0x8[0-9a-f][0-9a-f][0-9a-f]/) count["kcfi"]++ # a type that does not match
	if (instruction ~ /^str +x30, \[x18\], #(0x)?8$/) count["shadow_stack"]++
	if (instruction ~ /[ ,{][bhsdqv][0-9]+([.,}]|$)/) count["floating"]++
}

function riscv() {
	if (instruction ~ /[ ,]f([ast][0-9]+)(,|$)/) count["floating"]++
	if (instruction ~ /^sd +ra, ?-?(0x)?[0-9]+\(gp\)/) count["shadow_stack"]++
}

END {
	end_function()
	for (name in count)
		print name "=" count[name]
}
