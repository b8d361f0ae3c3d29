# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Options that change layout or ABI without the compiler's knowledge, or need care. Each is
# reported, and an option that works is never refused.

# supported <how> <OPTION>…: passes with or without these options
supported() {
	after configured || return
	how=$1
	shift
	options_set "$@"
	ok "${options_found:-not set: CONFIG_$1}${options_found:+: $how}"
}

## randstruct: structures of random layout
## Because C randomises a structure of function pointers, C++ does not, and a module's own may be shared by both.
## Fix: mark a structure of function pointers that C and C++ of the module share with __no_randomize_layout
check_randstruct() {
	after configured || return
	if option RANDSTRUCT; then
		warn 'the kernel randomises structures, and C++ does not' \
			"CONFIG_RANDSTRUCT: the kernel's own structures are no matter, C++ takes their layout from C" \
			'the same layout in C and C++ of the module, where they share a structure of function pointers' \
			'mark such a structure with __no_randomize_layout'
	else
		ok 'not set: CONFIG_RANDSTRUCT'
	fi
}

## gcc_plugins: GCC plugins
## Because they instrument C++ as C, but for randomize_layout, which fails on C++ and is left out: see randstruct.
## Fix: none needed
check_gcc_plugins() {
	supported 'they instrument C++ as C' GCC_PLUGINS
}

## lto: link-time optimisation by Clang
## Because objects are then bitcode, which nothing can check; those of C++ are machine code, and the linker takes both.
## Fix: none needed
check_lto() {
	supported 'C++ objects are machine code, beside bitcode of C' LTO_CLANG_THIN LTO_CLANG_FULL
}

## kasan: KASAN
## Because its instrumentation is of the kernel's compiler family: see cxx_family.
## Fix: CXX=<partner>
check_kasan() {
	supported 'C++ is instrumented as C is' KASAN KASAN_GENERIC KASAN_SW_TAGS KASAN_HW_TAGS
}

## kcsan: KCSAN
## Because its instrumentation is of the kernel's compiler family: see cxx_family.
## Fix: CXX=<partner>
check_kcsan() {
	supported 'C++ is instrumented as C is' KCSAN
}

## kmsan: KMSAN
## Because its instrumentation is of the kernel's compiler family: see cxx_family.
## Fix: CXX=<partner>
check_kmsan() {
	supported 'C++ is instrumented as C is' KMSAN
}

## constructors: CONSTRUCTORS
## Because only such kernels run .init_array of modules, for sanitizers; a module's own is refused everywhere.
## Fix: none needed
check_constructors() {
	supported 'for sanitizers; static constructors in C++ are refused all the same' CONSTRUCTORS
}

## modversions: symbol CRCs
## Because imports take them from Module.symvers; exports from C++ get theirs from their C declarations.
## Fix: none needed
check_modversions() {
	after configured || return
	if option GENDWARFKSYMS; then
		ok 'CONFIG_MODVERSIONS by gendwarfksyms'
	elif option MODVERSIONS; then
		ok 'CONFIG_MODVERSIONS by genksyms'
	else
		ok 'not set: CONFIG_MODVERSIONS'
	fi
}

## trimmed_symbols: symbols that no module of the kernel's own uses are not exported
## Because modpost names each one that a module of yours misses.
## Fix: build the kernel without TRIM_UNUSED_KSYMS, or with UNUSED_KSYMS_WHITELIST
check_trimmed_symbols() {
	after configured symvers || return
	if ! option TRIM_UNUSED_KSYMS; then
		ok 'not set: CONFIG_TRIM_UNUSED_KSYMS'
	else
		warn 'the kernel exports only what its own modules use' 'CONFIG_TRIM_UNUSED_KSYMS=y' \
			'the symbols your module uses' \
			'CONFIG_UNUSED_KSYMS_WHITELIST with them, where modpost finds one missing'
	fi
}

## btf: BTF of modules, where the kernel has it
## Because pahole fails on C++ unless it can pass it over, and knows only its own time's options.
## Fix: apt-get install pahole
# shellcheck disable=SC2086 # pahole's options, a word each
check_btf() {
	after configured kbuild_answers || return
	if ! option DEBUG_INFO_BTF_MODULES; then
		ok 'not set: CONFIG_DEBUG_INFO_BTF_MODULES'
		return
	elif ! [ -e "$kernel/vmlinux" ]; then
		ok 'no vmlinux in the kernel directory: Kbuild makes none'
		return
	fi
	pahole=${KCXX_PAHOLE##* }
	needed="pahole $(minimum pahole) or newer, that knows the kernel's options"
	if ! exists "${pahole:-pahole}"; then
		warn 'the module gets no BTF, which only BPF programs that trace it miss' \
			"no command '${pahole:-pahole}'" \
			"$needed" "$(install pahole)"
	elif ! "$pahole" $KCXX_PAHOLE_FLAGS --lang_exclude=c++14 --version >/dev/null 2>&1; then
		warn 'the module gets no BTF, which only BPF programs that trace it miss' \
			"$pahole $("$pahole" --version 2>&1 | printable)" "$needed" "$(install pahole)"
	else
		ok "$pahole $("$pahole" --version 2>&1 | printable)"
	fi
}

## signatures: modules need no signature to be loaded
## Because a kernel that enforces them refuses what no key of its own has signed.
## Fix: sign the module with a key the kernel knows
check_signatures() {
	after configured || return
	if option MODULE_SIG_FORCE; then
		warn 'this kernel loads signed modules only' 'CONFIG_MODULE_SIG_FORCE=y' \
			'a signature by a key the kernel knows' \
			"$kernel/scripts/sign-file sha256 <key> <certificate> <module>.ko"
	else
		ok 'CONFIG_MODULE_SIG_FORCE is not set'
	fi
}
