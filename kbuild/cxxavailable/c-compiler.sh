# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The check of the kernel's C compiler.

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
