# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Checks of the compilers and of their tools, which Kbuild names.

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

# The functions below report one problem each. They return 0 if the compiler does not have it. Status 2: this is the
# wrong compiler altogether, and so is its partner for the other language; 1: any other problem.

# runs_by_launcher <which> <command>: the launcher before a compiler is there
has_launcher() {
	split_command "$2"
	launcher=${wrapper%% *}
	[ -n "$launcher" ] && ! exists "$launcher" || return 0
	fail "the command that runs $1 is missing" "no command '$launcher', in '$2'" \
		"'$launcher', or the compiler without it" \
		"$(install "${launcher##*/}"), or name $program alone"
	return 1
}

# is_executable <which> <command> <needed>: this user may run the compiler that is there
is_executable() {
	split_command "$2"
	file=$(file_of "$program")
	if exists "$program" || [ -z "$file" ]; then
		return 0
	fi
	fail "$1 is not executable" "$file, which user $(id -un) may not execute" "$3" \
		"chmod a+x $file, or name another compiler"
	return 1
}

# is_installed <which> <command> <needed> <fix>: the compiler is there
is_installed() {
	split_command "$2"
	! exists "$program" || return 0
	fail "$1 is missing" "no command '$program'" "$3" "$4"
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

# takes_arguments <which> <language> <command> <make's variable> <CMake's>: the compiler would not work without the
# arguments it was named with
takes_arguments() {
	split_command "$3"
	[ -n "$arguments" ] || return 0
	bare="${wrapper:+$wrapper }$program"
	# shellcheck disable=SC2086 # several words
	sh "$here/compiler-identity.sh" "$2" $bare >/dev/null || return 0
	compiles_nothing "$3" "$2"
	fail "$1 does not take the arguments that it was named with" "$3: $(errors_printed)" \
		"arguments that $program takes" "leave '$arguments' out: $(name_compiler "$4" "$5" "$bare")"
	return 1
}

# is_known_family <language> <command> <status of identify> <fix>: it is GCC or Clang
is_known_family() {
	[ "$3" -eq 2 ] || return 0
	fail "this is no $1 compiler that kcxx knows" \
		"'$2' is neither GCC nor Clang; asked for its version, it prints: $(version_printed "$2")" 'GCC or Clang' "$4"
	return 2
}

# preprocesses <language> <command> <status of identify> <problem> <needed> <fix>: it preprocesses that language
preprocesses() {
	[ "$3" -ne 0 ] || return 0
	fail "$4" "'$2' does not preprocess $1; asked for its version, it prints: $(version_printed "$2")" "$5" "$6"
	return 1
}

# is_for_kernel <which> <command> <family> <target> <partner> <fix>: it makes code for the kernel's architecture. Clang
# does for many architectures, and Kbuild names the right one.
is_for_kernel() {
	[ "$3" = GCC ] || return 0
	case "$arch:$4" in :* | *:- | *:) return 0 ;; esac
	! { architecture_with name "$arch" && fits_a_pattern "$4" "$arch_targets"; } || return 0
	fail "$1 makes code for another architecture" "$2 is a compiler for $4; the kernel is for $arch" \
		"a compiler for $arch: $5, or another" "$6"
	return 2
}

# fits_a_pattern <text> <pattern>…, in one word
fits_a_pattern() {
	set -f
	for pattern in $2; do
		# shellcheck disable=SC2254 # a pattern
		case "$1" in $pattern) set +f; return 0 ;; esac
	done
	set +f
	return 1
}

# is_new_enough <language> <command> <version> <tool> <oldest version> <fix>: it is not older
is_new_enough() {
	older "$3" "$5" || return 0
	fail "the $1 compiler is too old" "$2 is $3" "$4 $5 or newer" "$6"
	return 2
}

# version_printed <command>: prints its output for --version
version_printed() {
	# shellcheck disable=SC2086 # several words
	run_within 5 $1 --version
	[ $? -ne 124 ] || output='nothing, it does not end'
	printf '%s' "${output:-nothing}" | printable
}

# --- C --------------------------------------------------------------------------------

## c_compiler: the kernel's C compiler is there, works, and is of the kernel's architecture and kind
## Because the C parts of a module and of kcxx are compiled by it, and Kbuild's flags are those that it takes.
## Fix: apt-get install the compiler that the kernel directory names
check_c_compiler() {
	c_is_wrong=
	after configured || return
	kernel_compiler
	after kbuild_answers || return
	c_is_there && c_is_identified && c_fits_kernel "$cc_family" && c_takes_flags
	case $? in
	0) ;;
	2) c_is_wrong=y; return ;;
	*) return ;;
	esac
	built="the kernel was built by $kernel_family $kernel_major (${config_CC_VERSION_TEXT-})"
	if [ "$cc_family" != "$kernel_family" ]; then
		warn 'the C compiler and the kernel are of different families' "$cc is $cc_family; $built" \
			"$kernel_family; with this one Kbuild is told what Kconfig would answer for it: mitigations stay, $(not_translated C)" \
			"$(take_own_c)"
	elif [ "${cc_version%%.*}" != "$kernel_major" ]; then
		warn "the C compiler is of another major version than the kernel's" \
			"$cc is $cc_version; $built" "$cc_family $kernel_major" "$(take_own_c)"
	else
		ok "$cc ($cc_family $cc_version)"
	fi
}

# cxx_follows_c: is the C++ compiler, which was not named, the partner of the C compiler?
cxx_follows_c() {
	[ "$cxx" = "$(cxx_partner_of "$cc")" ]
}

# cxx_is_a_guess: and does the name of the C compiler not show its partner's?
cxx_is_a_guess() {
	cxx_follows_c && ! has_known_name "$cc"
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
	which="the kernel's C compiler"
	needed='the compiler that the kernel directory names'
	is_executable "$which" "$cc" "$needed" && is_installed "$which" "$cc" "$needed" "$(get_c)" &&
		has_launcher "$which" "$cc" && return
	! cxx_is_a_guess || return 2
	return 1
}

# Sets cc_family, cc_version
c_is_identified() {
	identify c "$cc"
	status=$?
	is_known_family C "$cc" "$status" "$(take_own_c)" || return
	[ "$status" -eq 0 ] || takes_arguments 'the C compiler' c "$cc" CC KCXX_C_COMPILER || return
	preprocesses C "$cc" "$status" "the kernel's C compiler does not work" 'the compiler that the kernel directory names' \
		"$(get_c)" || return
	IFS='|' read -r cc_family cc_version cc_target _ <<END
$identity
END
	is_for_kernel 'the C compiler' "$cc" "$cc_family" "$cc_target" "$c_partner" "$(take_own_c)"
}

# c_fits_kernel <family>: the compiler is new enough for this kernel, and of a family that can build it
c_fits_kernel() {
	case "$1" in
	Clang) tool=clang of_kernel=llvm ;;
	*) tool=gcc of_kernel=gcc ;;
	esac
	# The kernel's own list of oldest versions, which a kernel directory with its sources has
	oldest=$(SRCARCH=${KCXX_SRCARCH-} sh "$kernel/scripts/min-tool-version.sh" $of_kernel 2>/dev/null)
	is_new_enough C "$cc" "$cc_version" "$tool" "${oldest:-$(minimum $tool)}" "$(take_own_c)" || return
	found="$cc is $1; the kernel was built by $kernel_family $kernel_major (${config_CC_VERSION_TEXT-})"
	kernel_allows_family C "$1" "$found" "$kernel_family" "$(take_own_c)" && c_is_configured "$1" "$found"
}

# kernel_allows_family <language> <family> <found> <needed> <fix>: no option of the kernel binds the language to the
# other family
kernel_allows_family() {
	[ "$2" != "$kernel_family" ] || return 0
	# shellcheck disable=SC2046 # a word each
	options_set $(options_bound "$1")
	[ -n "$options_found" ] || return 0
	fail "the $1 compiler and the kernel are of different families, and this kernel allows one only" \
		"$3, with $options_found" "$4" "$5"
	return 2
}

# c_is_configured <family> <found>: Kbuild has the answers that Kconfig would give for this family
c_is_configured() {
	[ "$1" != "${KCXX_CONFIGURED_FAMILY:-$kernel_family}" ] || return 0
	fail 'the C compiler and the kernel are of different families' "$2" \
		"$kernel_family, or the answers that Kconfig would give for $1" \
		"$(take_own_c); or make \$(sh $here/make-variables.sh --cc $(one_word "$cc") $kernel)"
	return 2
}

# Kbuild's answer has the flags that this compiler takes. A kept answer was made with a compiler that worked.
c_takes_flags() {
	[ -z "$answer_kept" ] || return 0
	: > "$work/empty.c"
	compile_in_kernel "$cc" "$KCXX_C_FLAGS" "$work/empty.c" && return
	named=$(options_named "$work/compiler-output")
	errors=$(errors_printed)
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
	if [ -n "$c_is_wrong" ] && cxx_follows_c; then
		after c_compiler
		return
	fi
	cxx_is_there && cxx_is_identified && ok "$cxx ($cxx_family $cxx_version)"
}

cxx_is_there() {
	which='the C++ compiler'
	needed="$partner, which goes with the compiler that built the kernel"
	is_executable "$which" "$cxx" "$needed" && is_installed "$which" "$cxx" "$needed" "$(get_cxx)" &&
		has_launcher "$which" "$cxx"
}

get_cxx() {
	if ! cxx_is_a_guess && has_known_name "$cxx"; then
		install_compiler "$cxx"
	else
		take_partner
	fi
}

# Sets cxx_family, cxx_version, cxx_headers
cxx_is_identified() {
	identify c++ "$cxx"
	status=$?
	IFS='|' read -r cxx_family cxx_version cxx_target cxx_headers <<END
$identity
END
	is_known_family C++ "$cxx" "$status" "$(take_partner)" || return
	[ "$status" -eq 0 ] || takes_arguments 'the C++ compiler' c++ "$cxx" CXX KCXX_CXX_COMPILER || return
	preprocesses C++ "$cxx" "$status" 'this is no C++ compiler that kcxx knows' 'GCC or Clang' \
		"$(install_compiler "$partner")" || return
	is_for_kernel 'the C++ compiler' "$cxx" "$cxx_family" "$cxx_target" "$partner" "$(take_partner)"
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
	oldest=$(minimum "$tool")
	is_new_enough C++ "$cxx" "$cxx_version" "$tool" "$oldest" "$(install "$tool" "${oldest%%.*}")" && ok "$cxx_version"
}

# not_translated <language>: prints what is left out of it; see Makefile.cxxtranslate, kconfig-for-compiler.sh
not_translated() {
	# shellcheck disable=SC2046 # a word each
	options_set $(options_bound instrumentation)
	echo "warnings are the compiler's own${options_found:+, and $options_found do not reach $1}"
}

## cxx_family: the C++ compiler is of the family that built the kernel, or its flags can be translated
## Because GCC and Clang name their flags differently, and sanitizers, kCFI and LTO are bound to one of them.
## Fix: CXX=<partner> for make, -DKCXX_CXX_COMPILER=<partner> for CMake
check_cxx_family() {
	after cxx_compiler || return
	of_c=${KCXX_CONFIGURED_FAMILY:-$kernel_family} # Kbuild's flags are for this one
	found="$cxx is $cxx_family; the kernel was built by $kernel_family $kernel_major"
	kernel_allows_family C++ "$cxx_family" "$found" "$partner, or another $kernel_family" "$(take_partner)" &&
		goes_with_c "$cxx_family" "$of_c" || return
	translated="flags are translated: mitigations are as in C, $(not_translated C++)"
	if [ "$cxx_family $of_c" = "$kernel_family $kernel_family" ]; then
		ok "$cxx_family"
	elif [ "$cxx_family" = "$kernel_family" ]; then
		warn 'the C++ compiler is of another family than the C compiler' \
			"$cxx is $cxx_family; C is compiled by $of_c" "both by $kernel_family; so $translated" "$(take_own_c)"
	else
		warn 'the C++ compiler and the kernel are of different families' "$found" \
			"$partner, or another $kernel_family; with this one $translated" "$(take_partner)"
	fi
}

# goes_with_c <family> <family of the C compiler>: both are one; or they are a pair that Makefile.cxxtranslate knows
goes_with_c() {
	[ "$1" != "$2" ] || return 0
	! { [ "$1 $2" = 'Clang GCC' ] && option X86_64; } || return 0
	fail 'the C++ compiler is of another family than the C compiler' "$cxx is $1; C is compiled by $2" \
		"both by one family" "$(of_one_family); or make \$(sh $here/make-variables.sh --cxx $(one_word "$cxx") $kernel)"
	return 1
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
