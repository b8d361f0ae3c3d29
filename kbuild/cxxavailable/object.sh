# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The kernel's requirements on an object, checked in the object that the C++
# compiler made of probe.cc with a module's flags.

# needs_of_object [<config option>…] || return: one of the options is set, and
# check_machine has read the probe
needs_of_object() {
	if [ $# -gt 0 ]; then
		after configured || return
		for wanted in "$@"; do
			option "$wanted" && break
			wanted=
		done
		if [ -z "$wanted" ]; then
			ok "not asked for: CONFIG_$1 is not set"
			return 1
		fi
	fi
	after machine
}

# only_on <arch>… || return: the property does not exist elsewhere
only_on() {
	after arch || return
	case " $* " in
	*" $arch "*) ;;
	*)
		ok "not a matter of $arch"
		return 1
		;;
	esac
}

# unsafe <problem> <found> <needed>: the object must never be loaded
unsafe() {
	fail "$1" "$cxx: $2" "$3" "$(remedy_of_cxx)"
}

## machine: the compiler makes code for the kernel's architecture, and objdump reads it
## Because a compiler's default target is the machine it runs on.
## Fix: name a cross-compiler: CROSS_COMPILE=, or CXX=
check_machine() {
	after arch flags_accepted binutils || return
	machine=$(machine_of "$work/probe.o")
	architecture_with name "$arch"
	case "$machine" in
	"$arch_machine")
		eval "$(LC_ALL=C "$KCXX_OBJDUMP" -h -d -r --no-show-raw-insn "$work/probe.o" 2>/dev/null |
			LC_ALL=C awk -f "$here/cxxavailable/object.awk")"
		if [ "$functions" -gt 0 ] && [ "$unread" -eq 0 ]; then
			ok "$machine"
		elif [ "$functions" -gt 0 ]; then
			# Without this check, such an object would pass: nothing forbidden would be found.
			fail 'kcxx cannot check code for this architecture' "$arch, of which object.awk reads no instruction" \
				"a function for $arch in kbuild/cxxavailable/object.awk" 'take a newer kcxx, or add the function'
		else
			# Without this check, an unreadable object would pass: nothing forbidden would be found.
			fail 'objdump does not read what the C++ compiler makes' \
				"$KCXX_OBJDUMP finds no function in an object for $machine" \
				"an objdump for $machine" 'OBJDUMP=<one that does> for make, or CROSS_COMPILE='
		fi ;;
	*)
		fail 'the C++ compiler makes code for another machine' "$cxx: $machine" "$arch" \
			"$(for_right_machine)" ;;
	esac
}

# Prints how to take the partner; if the wrong compiler has its name, how to install the right one
for_right_machine() {
	split_command "$cxx"
	if [ "${program##*/}" = "$partner" ]; then
		install_compiler "$partner"
	else
		take_partner
	fi
}

## static_constructors: the object has no .init_array
## Because the kernel does not run the constructors of modules.
## Fix: take the flags as kcxx gives them; CONFIG_CONSTRUCTORS kernels are the exception
check_static_constructors() {
	needs_of_object || return
	if [ "$constructors" -eq 0 ] || option CONSTRUCTORS; then
		ok 'none'
	else
		unsafe 'the C++ compiler makes static constructors of its own' '.init_array' 'none'
	fi
}

## red_zone: no code keeps data below the stack pointer
## Because an interrupt in the kernel uses the same stack and overwrites it.
## Fix: a compiler that knows -mno-red-zone
check_red_zone() {
	only_on x86_64 && needs_of_object || return
	if [ "$red_zone" -eq 0 ]; then
		ok 'not used'
	else
		unsafe 'the C++ compiler uses the red zone' "$red_zone accesses below %rsp" 'none (-mno-red-zone)'
	fi
}

## floating_point: no code touches floating-point or vector registers
## Because the kernel does not save those of the program it interrupts.
## Fix: a compiler that knows -mno-sse (x86), -mgeneral-regs-only (arm64), -march without f and d (riscv64)
check_floating_point() {
	needs_of_object || return
	if [ "$floating" -eq 0 ]; then
		ok 'not used'
	else
		unsafe 'the C++ compiler uses floating-point or vector registers' "$floating instructions" 'none'
	fi
}

## stack_protector: overflows of stack arrays are caught, by the kernel's own canary
## Because user space keeps its canary elsewhere, where the kernel has none.
## Fix: a compiler that knows the kernel's -mstack-protector-guard flags
check_stack_protector() {
	needs_of_object STACKPROTECTOR STACKPROTECTOR_STRONG || return
	if [ "$user_canary" -gt 0 ]; then
		unsafe 'the C++ compiler reads the canary of user space' "$user_canary accesses to %fs" \
			"the kernel's canary"
	elif case " $KCXX_C_FLAGS " in *' -fno-stack-protector '*) ;; *) false ;; esac; then
		# The kernel did not choose this flag: see kconfig-for-compiler.sh
		warn "the module's stacks are not protected: $cc cannot read the canary of this kernel" \
			"$cc lacks -mstack-protector-guard as $arch needs it" \
			"the partner of the kernel's compiler, $partner, or Clang 20 or newer" "$(remedy_of_cxx)"
	elif [ "$stack_checks" -eq 0 ]; then
		unsafe 'the C++ compiler does not protect the stack' 'no call of __stack_chk_fail' \
			'-fstack-protector-strong'
	else
		ok "$stack_checks functions protected"
	fi
}

## retpolines: calls through pointers go through the kernel's thunks
## Because without them a module brings Spectre v2 back to the whole kernel.
## Fix: a compiler with -mindirect-branch=thunk-extern (GCC) or -mretpoline-external-thunk (Clang)
check_retpolines() {
	only_on x86_64 && needs_of_object RETPOLINE MITIGATION_RETPOLINE || return
	if [ "$bare_indirect" -eq 0 ] && [ "$indirect_thunks" -gt 0 ]; then
		ok "$indirect_thunks through thunks"
	else
		unsafe 'calls through pointers have no retpoline' \
			"$bare_indirect bare, $indirect_thunks through __x86_indirect_thunk_*" 'all through thunks'
	fi
}

## return_thunks: functions return through the kernel's thunk
## Because without it a module brings Retbleed and SRSO back to the whole kernel.
## Fix: a compiler with -mfunction-return=thunk-extern
check_return_thunks() {
	only_on x86_64 && needs_of_object RETHUNK MITIGATION_RETHUNK || return
	if [ "$bare_returns" -eq 0 ] && [ "$return_thunks" -gt 0 ]; then
		ok "$return_thunks through the thunk"
	else
		unsafe 'functions return without the thunk' \
			"$bare_returns bare, $return_thunks through __x86_return_thunk" 'all through the thunk'
	fi
}

## sls: nothing can be executed past a return or a jump through a pointer
## Because processors speculate straight on past those that are no thunk's.
## Fix: a compiler with -mharden-sls=all
check_sls() {
	only_on x86_64 && needs_of_object SLS MITIGATION_SLS || return
	if [ "$no_int3" -eq 0 ]; then
		ok 'int3 after each that is no thunk'
	else
		unsafe 'jumps are not hardened against straight-line speculation' \
			"$no_int3 without int3" 'int3 after each (-mharden-sls=all)'
	fi
}

## ibt: functions begin with ENDBR
## Because a kernel with IBT traps calls through pointers to anything else.
## Fix: a compiler with -fcf-protection=branch
check_ibt() {
	only_on x86_64 && needs_of_object X86_KERNEL_IBT || return
	if [ "$no_endbr" -eq 0 ]; then
		ok "$functions functions"
	else
		unsafe 'functions do not begin with ENDBR' "$no_endbr of $functions without" \
			'all (-fcf-protection=branch)'
	fi
}

## bti: functions begin with BTI
## Because a kernel with BTI traps calls through pointers to anything else.
## Fix: a compiler with -mbranch-protection=…bti
check_bti() {
	only_on arm64 && needs_of_object ARM64_BTI_KERNEL || return
	if [ "$no_bti" -eq 0 ]; then
		ok "$functions functions"
	else
		unsafe 'functions do not begin with BTI' "$no_bti of $functions without" \
			'all (-mbranch-protection)'
	fi
}

## pac: return addresses are signed
## Because the kernel's stacks are protected so, and its unwinder and CFI data expect it.
## Fix: a compiler with -mbranch-protection=pac-ret
check_pac() {
	only_on arm64 && needs_of_object ARM64_PTR_AUTH_KERNEL || return
	if [ "$signed" -gt 0 ]; then
		ok "$signed functions"
	else
		unsafe 'return addresses are not signed' 'no PACIASP' '-mbranch-protection=pac-ret'
	fi
}

## shadow_call_stack: return addresses are kept on the shadow call stack
## Because x18 is the kernel's, and a module that changes it corrupts every return.
## Fix: a compiler with -fsanitize=shadow-call-stack and -ffixed-x18
check_shadow_call_stack() {
	only_on arm64 riscv64 && needs_of_object SHADOW_CALL_STACK || return
	if [ "$shadow_stack" -gt 0 ] || { option UNWIND_PATCH_PAC_INTO_SCS && [ "$signed" -gt 0 ]; }; then
		ok 'in use'
	else
		unsafe 'the shadow call stack is not used' 'no push of the return address' \
			'-fsanitize=shadow-call-stack'
	fi
}

## ftrace: functions have the entry that ftrace patches
## Because live patching and tracing, and on some kernels kprobes, count on it.
## Fix: a compiler with -pg -mfentry, or -fpatchable-function-entry
check_ftrace() {
	needs_of_object FUNCTION_TRACER || return
	if [ "$no_fentry" -eq 0 ] || [ "$patchable" -gt 0 ]; then
		ok "$functions functions"
	else
		unsafe "functions lack ftrace's entry" "$no_fentry of $functions without" 'all'
	fi
}

## call_padding: functions have the space before them that thunks are patched into
## Because the kernel writes call-depth tracking and FineIBT into these bytes.
## Fix: a compiler with -fpatchable-function-entry
check_call_padding() {
	only_on x86_64 && needs_of_object CALL_PADDING || return
	if [ "$patchable" -gt 0 ]; then
		ok "${config_FUNCTION_PADDING_BYTES:-some} bytes"
	else
		unsafe 'functions lack the padding before them' 'no __patchable_function_entries' \
			"${config_FUNCTION_PADDING_BYTES:-some} bytes (-fpatchable-function-entry)"
	fi
}

## kcfi: functions carry their kCFI type
## Because a kernel with kCFI traps calls to what carries no type, or another.
## Fix: the Clang that built the kernel
check_kcfi() {
	needs_of_object CFI_CLANG CFI || return
	if [ "$kcfi" -gt 0 ]; then
		ok 'types are compared'
	else
		unsafe 'calls through pointers compare no kCFI types' 'no trap for another type' '-fsanitize=kcfi'
	fi
}
