# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Finds instructions that a module must not have: for unwanted-symbols.awk, which finds the functions, and
# refused-places.awk, which finds the source lines. Both read objdump -d --no-show-raw-insn.
#
#	mitigations: those of " return branch redzone " that the kernel's flags ask for
#	fpu: set where the file may use the FPU

# Returns the construct of an instruction, or nothing. 1af:	movaps %xmm0,0x10(%rsp)
function construct_of_instruction(text,    words) {
	sub(/^[ \t]*[0-9a-f]+:[ \t]*/, "", text)
	sub(/[ \t]+(#|\/\/).*/, "", text)
	sub(/[0-9a-f]+ <.*/, "", text) # an address, which may look like a register: b d0 <name>
	if (!fpu && is_vector(text))
		return "vector"
	if (mitigations == "")
		return ""
	if (text ~ /^((rep[a-z]*|bnd|data16|cs|notrack) )*retq?([ \t]|$)/)
		return mitigations ~ / return / ? "return" : ""
	if (text ~ /^((bnd|cs|notrack) )*(call|jmp)q?[ \t]+\*/)
		return mitigations ~ / branch / ? "branch" : ""
	# smp_mb() is lock addl $0x0,-0x4(%rsp): it needs an address, and no value there. LLVM prints lock as a line.
	if (text ~ /-0x[0-9a-f]+\(%rsp\)/ && text !~ /^(lea|nop|lock|or|addl[ \t]+\$0x0,)/)
		return mitigations ~ / redzone / ? "redzone" : ""
	return ""
}

function is_vector(text) {
	if (machine ~ /x86/)
		return text ~ /%([xyz]mm[0-9]|mm[0-7]|st|k[0-7])/ || text ~ /^f/
	if (machine ~ /riscv/)
		return text ~ /^(f|c\.f|v)/ && text !~ /^fence/
	return text ~ /[ \t,{[](v[0-9]+\.|z[0-9]+\.|[bhsdq][0-9]+([], \t}]|$))/
}

# pump.o:     file format elf64-x86-64
/:[ \t]+file format / {
	machine = $NF
}

# Compilers place code in these sections. Others, as those of replaced instructions, have assembly of the kernel.
function is_compiled(name) {
	return name ~ /^\.(init\.|exit\.|ref\.)?text/
}
