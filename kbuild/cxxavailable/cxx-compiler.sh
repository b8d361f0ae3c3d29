# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Checks of the C++ compiler.

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
