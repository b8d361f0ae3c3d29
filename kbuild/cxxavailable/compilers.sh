# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Checks of the compilers and of their tools, which Kbuild names.

# The family and version of the compiler that built the kernel, by its configuration
kernel_compiler() {
	if option CC_IS_CLANG; then
		kernel_family=Clang
		code=${config_CLANG_VERSION:-0}
	else
		kernel_family=GCC
		code=${config_GCC_VERSION:-0}
	fi
	kernel_major=$((code / 10000))
	built_by=$kernel_major.$((code / 100 % 100)).$((code % 100))
	case "$kernel_family" in
	Clang)
		partner=clang++-$kernel_major
		c_partner=clang-$kernel_major
		;;
	*)
		partner=$(cross_prefix)g++-$kernel_major
		c_partner=$(cross_prefix)gcc-$kernel_major
		;;
	esac
}

# Prints the prefix of GNU's compilers for the kernel's architecture; nothing for this machine's own
cross_prefix() {
	if option X86_64; then
		gnu=x86_64
	elif option ARM64; then
		gnu=aarch64
	else
		gnu=riscv64
	fi
	[ "$gnu" = "$(uname -m)" ] || echo "$gnu-linux-gnu-"
}

# install_compiler <command>: prints what to type to get one that has_known_name
install_compiler() {
	split_command "$1"
	name=${program##*/}
	case "$name" in
	*-[0-9]*) wanted=${name##*-} name=${name%-*} ;;
	*) wanted= ;;
	esac
	# This machine's own compiler has no package of that name; a cross-compiler's has both languages.
	name=${name#"$(uname -m)-linux-gnu-"}
	case "$name" in *-linux-gnu-gcc) name=${name%gcc}g++ ;; esac
	case "$name" in
	gcc | g++ | *-linux-gnu-g++) family=GCC oldest=g++ ;;
	clang | clang++) family=Clang oldest=clang++ ;;
	esac
	if [ -z "$wanted" ] && [ "$family" = "$kernel_family" ]; then
		wanted=$kernel_major
	elif [ -z "$wanted" ]; then
		wanted=$(minimum "$oldest")
	fi
	install "$name" "${wanted%%.*}"
}

# identify <language> <command>: sets identity; several words are a wrapper and a compiler
identify() {
	if [ "$1" = c++ ] && [ -n "${KCXX_CXX_IDENTITY-}" ]; then
		identity=$KCXX_CXX_IDENTITY # from Kbuild
		return
	fi
	# shellcheck disable=SC2086 # a compiler may be several words: ccache g++
	if [ -n "${KCXX_CXX_TARGET-}" ]; then
		# Kbuild's target, for Clang: GCC knows no such flag
		identity=$(sh "$here/compiler-identity.sh" "$1" $2 "$KCXX_CXX_TARGET") && return
	fi
	# shellcheck disable=SC2086 # likewise
	identity=$(sh "$here/compiler-identity.sh" "$1" $2)
}

# --- both compilers -----------------------------------------------------------------

# name_compiler <make's variable> <CMake's> <command>: prints how to name it, and how to get it if it is missing
name_compiler() {
	split_command "$3"
	exists "$program" || printf '%s, then ' "$(install_compiler "$program")"
	echo "$1=$(one_word "$3") for make, -D$2=$(one_word "$3") for CMake"
}

# one_word <command>: prints it as one word of a shell
one_word() {
	case "$1" in
	*' '*) echo "'$1'" ;;
	*) echo "$1" ;;
	esac
}

take_own_c() {
	name_compiler CC KCXX_C_COMPILER "$c_partner"
}

take_partner() {
	name_compiler CXX KCXX_CXX_COMPILER "$partner"
}

# has_known_name <command>: does it have the name that a package gives it?
has_known_name() {
	split_command "$1"
	case "${program##*/}" in
	gcc | gcc-[0-9]* | g++ | g++-[0-9]* | clang | clang-[0-9]* | clang++ | clang++-[0-9]*) ;;
	*-linux-gnu-gcc* | *-linux-gnu-g++*) ;;
	*) return 1 ;;
	esac
}

# can_be_run <which> <command> <needed> <fix>: reports a command that is missing or not executable
can_be_run() {
	split_command "$2"
	first_word=${wrapper%% *}
	if ! exists "$program"; then
		file=$(file_of "$program")
		if [ -n "$file" ]; then
			fail "$1 is not executable" "$file, which user $(id -un) may not execute" "$3" \
				"chmod a+x $file, or name another compiler"
		else
			fail "$1 is missing" "no command '$program'" "$3" "$4"
		fi
	elif [ -n "$first_word" ] && ! exists "$first_word"; then
		fail "the command that runs $1 is missing" "no command '$first_word', in '$2'" \
			"'$first_word', or the compiler without it" \
			"$(install "${first_word##*/}"), or name $program alone"
	else
		return 0
	fi
	return 1
}

# file_of <program>: prints the file that would run if it were executable
file_of() {
	case "$1" in
	*/*) [ ! -f "$1" ] || echo "$1" ;;
	*)
		printf '%s\n' "$PATH" | tr ':' '\n' | while read -r directory; do
			[ ! -f "$directory/$1" ] || { echo "$directory/$1"; break; }
		done ;;
	esac
}

# is_for_kernel <which> <command> <family> <target> <partner> <fix>: reports a GCC for another
# architecture. Clang makes code for many architectures, and Kbuild names the right one.
is_for_kernel() {
	[ "$3" = GCC ] || return 0
	case "$arch:$4" in
	:* | *:- | *: | x86_64:x86_64* | x86_64:i?86* | x86_64:amd64* | arm64:aarch64* | arm64:arm64* | riscv64:riscv*)
		return 0 ;;
	esac
	fail "$1 makes code for another architecture" "$2 is a compiler for $4; the kernel is for $arch" \
		"a compiler for $arch: $5, or another" "$6"
	return 1
}

# takes_arguments <which> <language> <command> <make's variable> <CMake's>: reports a compiler that would
# work without the arguments it was named with
takes_arguments() {
	split_command "$3"
	[ -n "$arguments" ] || return 0
	bare="${wrapper:+$wrapper }$program"
	# shellcheck disable=SC2086 # several words
	sh "$here/compiler-identity.sh" "$2" $bare >/dev/null || return 0
	compiles_nothing "$3" "$2"
	fail "$1 does not take the arguments that it was named with" "$3: $(errors_said)" \
		"arguments that $program takes" "leave '$arguments' out: $(name_compiler "$4" "$5" "$bare")"
	return 1
}

# tried <command>: prints its output for --version
tried() {
	# shellcheck disable=SC2086 # several words
	hear 5 $1 --version
	[ $? -ne 124 ] || said='nothing, it does not end'
	printf '%s' "${said:-nothing}" | printable
}

# --- C --------------------------------------------------------------------------------

## c_compiler: the kernel's C compiler is there, works, and is of the kernel's architecture and kind
## Because the C parts of a module and of kcxx are compiled by it, and Kbuild's flags are those that it takes.
## Fix: apt-get install the compiler that the kernel directory names
check_c_compiler() {
	cxx_follows=     # the C++ compiler was not named: it is the partner of this one
	cxx_is_a_guess=  # and the name of this one does not show its partner's
	c_misleads=      # the partner is wrong for the same reason as this one
	after configured || return
	kernel_compiler
	after kbuild_answers || return
	does_cxx_follow
	c_is_there && c_is_new_enough && c_is_of_family && c_takes_flags || return
	if [ "$cc_family" != "$kernel_family" ]; then
		warn "$families" "$cc is $cc_family; $built" \
			"$kernel_family; with this one Kbuild is told what Kconfig would answer for it: mitigations stay, $(not_translated C)" \
			"$(take_own_c)"
	elif [ "${cc_version%%.*}" != "$kernel_major" ]; then
		warn "the C compiler is of another major version than the kernel's" \
			"$cc is $cc_version; $built" "$cc_family $kernel_major" "$(take_own_c)"
	else
		ok "$cc ($cc_family $cc_version)"
	fi
}

does_cxx_follow() {
	[ "$cxx" = "$(cxx_partner_of "$cc")" ] || return
	cxx_follows=y
	has_known_name "$cc" || cxx_is_a_guess=y
}

# Prints how to get a missing compiler: by its name, if a package has it; else by naming the kernel's own
get_c() {
	if has_known_name "$cc"; then
		install_compiler "$cc"
	else
		take_own_c
	fi
}

c_is_there() {
	needed='the compiler that the kernel directory names'
	if ! can_be_run "the kernel's C compiler" "$cc" "$needed" "$(get_c)"; then
		[ -z "$cxx_is_a_guess" ] || c_misleads=y
		return 1
	fi
	identify c "$cc"
	case $? in
	0) ;;
	2)
		fail 'this is no C compiler that kcxx knows' \
			"'$cc' is neither GCC nor Clang; asked for its version, it says: $(tried "$cc")" \
			'GCC or Clang' "$(take_own_c)"
		c_misleads=y
		return 1
		;;
	*)
		takes_arguments 'the C compiler' c "$cc" CC KCXX_C_COMPILER || return
		fail "the kernel's C compiler does not work" "'$cc' does not preprocess C; asked for its version, it says: $(tried "$cc")" \
			"$needed" "$(get_c)"
		return 1
		;;
	esac
	IFS='|' read -r cc_family cc_version cc_target _ <<END
$identity
END
	is_for_kernel 'the C compiler' "$cc" "$cc_family" "$cc_target" "$c_partner" "$(take_own_c)" && return
	c_misleads=y
	return 1
}

# Uses the kernel's own list of oldest versions, which a kernel directory with its sources has.
c_is_new_enough() {
	case "$cc_family" in
	Clang) tool=clang of_kernel=llvm ;;
	*) tool=gcc of_kernel=gcc ;;
	esac
	needed=$(SRCARCH=${KCXX_SRCARCH-} sh "$kernel/scripts/min-tool-version.sh" $of_kernel 2>/dev/null)
	needed=${needed:-$(minimum $tool)}
	older "$cc_version" "$needed" || return 0
	fail 'the C compiler is too old' "$cc is $cc_version" "$tool $needed or newer" "$(take_own_c)"
	c_misleads=y
	return 1
}

c_is_of_family() {
	built="the kernel was built by $kernel_family $kernel_major (${config_CC_VERSION_TEXT-})"
	families='the C compiler and the kernel are of different families'
	# Options that no translation gives the other family, and structures that it would lay out differently
	options_set CFI_CLANG CFI KMSAN LTO_CLANG_THIN LTO_CLANG_FULL RANDSTRUCT
	if [ "$cc_family" != "$kernel_family" ] && [ -n "$options_found" ]; then
		fail "$families, and this kernel allows one only" "$cc is $cc_family; $built, with $options_found" \
			"$kernel_family" "$(take_own_c)"
	elif [ "$cc_family" != "${KCXX_CONFIGURED_FAMILY:-$kernel_family}" ]; then
		fail "$families" "$cc is $cc_family; $built" \
			"$kernel_family, or the answers that Kconfig would give for $cc_family" \
			"$(take_own_c); or make \$(sh $here/make-variables.sh --cc $(one_word "$cc") $kernel)"
	else
		return 0
	fi
	c_misleads=y
	return 1
}

# Kbuild's answer has the flags that this compiler takes. A kept answer was made with a compiler that worked.
c_takes_flags() {
	[ -z "$answer_kept" ] || return 0
	: > "$work/empty.c"
	compile_in_kernel "$cc" "$KCXX_C_FLAGS" "$work/empty.c" && return
	named=$(options_named "$work/compiler-said")
	errors=$(errors_said)
	if [ -z "$named" ] && ! compiles_nothing "$cc" c; then
		report_broken 'the C compiler' "$cc" "$c_partner" "$(take_own_c)"
		return 1
	fi
	fail "the C compiler does not take the kernel's flags" "$cc: ${named:-$errors}" \
		"all of them, as $c_partner $built_by knows them" "$(remedy_of_c)"
	return 1
}

# --- C++ ------------------------------------------------------------------------------

## cxx_compiler: the C++ compiler is there, works, and is for the kernel's architecture
## Because all C++ of a module is compiled by it: the partner of the kernel's C compiler, unless another is named.
## Fix: apt-get install g++-<major>, or name one: CXX=, -DKCXX_CXX_COMPILER=, --cxx
check_cxx_compiler() {
	after configured || return
	cxx_version=
	[ -n "$cxx" ] || after kbuild_answers || return
	if [ -n "$cxx_follows" ] && [ -n "$c_misleads" ]; then
		after c_compiler
		return
	fi
	needed="$partner, which goes with the compiler that built the kernel"
	can_be_run 'the C++ compiler' "$cxx" "$needed" "$(get_cxx)" || return
	identify c++ "$cxx"
	status=$?
	IFS='|' read -r cxx_family cxx_version cxx_target cxx_headers <<END
$identity
END
	case $status in
	0) ;;
	2)
		fail 'this is no C++ compiler that kcxx knows' \
			"'$cxx' is neither GCC nor Clang; asked for its version, it says: $(tried "$cxx")" \
			'GCC or Clang' "$(take_partner)"
		return
		;;
	*)
		takes_arguments 'the C++ compiler' c++ "$cxx" CXX KCXX_CXX_COMPILER || return
		fail 'this is no C++ compiler that kcxx knows' \
			"'$cxx' does not preprocess C++; asked for its version, it says: $(tried "$cxx")" \
			'GCC or Clang' "$(install_compiler "$partner")"
		return
		;;
	esac
	is_for_kernel 'the C++ compiler' "$cxx" "$cxx_family" "$cxx_target" "$partner" "$(take_partner)" || return
	ok "$cxx ($cxx_family $cxx_version)"
}

get_cxx() {
	if [ -z "$cxx_is_a_guess" ] && has_known_name "$cxx"; then
		install_compiler "$cxx"
	else
		take_partner
	fi
}

## cxx_version: the C++ compiler is new enough
## Because kcxx is written in C++23 and was measured with these versions.
## Fix: apt-get install a newer compiler of that family
check_cxx_version() {
	after cxx_compiler || return
	case "$cxx_family" in
	Clang) tool=clang++ ;;
	*) tool=g++ ;;
	esac
	needed=$(minimum "$tool")
	if older "$cxx_version" "$needed"; then
		fail 'the C++ compiler is too old' "$cxx is $cxx_version" "$tool $needed or newer" \
			"$(install "$tool" "${needed%%.*}")"
	else
		ok "$cxx_version"
	fi
}

# not_translated <language>: prints what is left out; see Makefile.cxxtranslate, other-compiler.sh
not_translated() {
	options_set KASAN KCSAN UBSAN KCOV GCOV_KERNEL GCC_PLUGINS
	echo "warnings are the compiler's own${options_found:+, and $options_found do not reach $1}"
}

## cxx_family: the C++ compiler is of the family that built the kernel, or its flags can be translated
## Because GCC and Clang name their flags differently, and sanitizers, kCFI and LTO are bound to one of them.
## Fix: CXX=<partner> for make, -DKCXX_CXX_COMPILER=<partner> for CMake
check_cxx_family() {
	after cxx_compiler || return
	found="$cxx is $cxx_family; the kernel was built by $kernel_family $kernel_major"
	# Options that no translation gives the other family
	options_set CFI_CLANG CFI KMSAN LTO_CLANG_THIN LTO_CLANG_FULL
	configured=${KCXX_CONFIGURED_FAMILY:-$kernel_family} # Kbuild's flags are for this one
	apart='the C++ compiler is of another family than the C compiler'
	if [ "$cxx_family $configured" = "$kernel_family $kernel_family" ]; then
		ok "$cxx_family"
	elif [ "$cxx_family" != "$kernel_family" ] && [ -n "$options_found" ]; then
		fail 'the C++ compiler and the kernel are of different families, and this kernel allows one only' \
			"$found, with $options_found" "$partner, or another $kernel_family" \
			"$(take_partner)"
	elif [ "$cxx_family" != "$configured" ] && ! { [ "$cxx_family $configured" = 'Clang GCC' ] && option X86_64; }; then
		fail "$apart" "$cxx is $cxx_family; C is compiled by $configured" \
			"both by one family" "$(of_one_family); or make \$(sh $here/make-variables.sh --cxx $(one_word "$cxx") $kernel)"
	elif [ "$cxx_family" = "$kernel_family" ]; then
		warn "$apart" "$cxx is $cxx_family; C is compiled by $configured" \
			"both by $kernel_family; so flags are translated: mitigations are as in C, $(not_translated C++)" "$(take_own_c)"
	else
		warn 'the C++ compiler and the kernel are of different families' "$found" \
			"$partner, or another $kernel_family; with this one flags are translated: mitigations are as in C, $(not_translated C++)" \
			"$(take_partner)"
	fi
}

# Prints how to name the kernel's own compiler, for the language that has another one
of_one_family() {
	if [ "$cxx_family" = "$kernel_family" ]; then
		take_own_c
	else
		take_partner
	fi
}

## cxx_major: the C++ compiler has the major version of the kernel's compiler
## Because kernel developers test their flags and mitigations with one compiler at a time.
## Fix: CXX=<partner> for make, -DKCXX_CXX_COMPILER=<partner> for CMake
check_cxx_major() {
	after cxx_compiler || return
	if [ "$cxx_family" != "$kernel_family" ]; then
		ok 'of another family'
	elif [ "${cxx_version%%.*}" = "$kernel_major" ]; then
		ok "$kernel_major"
	else
		warn "the C++ compiler is of another major version than the kernel's" \
			"$cxx is $cxx_version; the kernel was built by $kernel_family $kernel_major" "$partner" \
			"$(take_partner)"
	fi
}

## binutils: the linker, nm, objcopy and objdump that Kbuild names are there
## Because Kbuild links with them, and kcxx reads objects with them.
## Fix: apt-get install binutils, or llvm-<major> and lld-<major>
check_binutils() {
	after kbuild_answers || return
	missing=
	for tool in "$KCXX_LD" "$KCXX_NM" "$KCXX_OBJCOPY" "$KCXX_OBJDUMP"; do
		exists "${tool%% *}" || missing="$missing $tool"
	done
	case "$missing" in
	'') ok "$KCXX_LD, $KCXX_NM, $KCXX_OBJCOPY, $KCXX_OBJDUMP" ;;
	*ll[vd]*) fail 'programs of the toolchain are missing' "no command:$missing" \
		"the linker and the object tools of the kernel's family" "$(install llvm "$kernel_major")" ;;
	*) fail 'programs of the toolchain are missing' "no command:$missing" \
		"the linker and the object tools of the kernel's family" "$(install binutils)" ;;
	esac
}
