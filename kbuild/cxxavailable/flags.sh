# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Checks of the kernel's flags: those that the C++ compiler takes, and those that C++ does without.

## flags_accepted: the C++ compiler takes every flag that is left of the kernel's
## Because a flag that is not understood is a protection or a calling convention that is missing.
## Fix: CXX=<partner> for make, -DKCXX_CXX_COMPILER=<partner> for CMake
check_flags_accepted() {
	after c_compiler cxx_compiler cxx_version cxx_family standard_headers kbuild_answers || return
	compile_in_kernel "$KCXX_CXX" "$KCXX_CXX_FLAGS" "$here/cxxavailable/probe.cc"
	status=$?
	named=$(options_named "$work/compiler-output")
	errors=$(errors_printed)
	needed="all of them, as $partner knows them"
	if [ "$status" -ne 0 ] && [ -z "$named" ] && ! compiles_nothing "$cxx" c++; then
		report_broken 'the C++ compiler' "$cxx" "$partner" "$(take_partner)"
	elif [ "$status" -ne 0 ]; then
		fail "the C++ compiler does not take the kernel's flags" "$cxx: ${named:-$errors}" "$needed" "$(remedy_of_cxx)"
	elif [ -n "$named" ]; then
		warn 'the C++ compiler passes over some of the kernel'"'"'s flags' "$cxx: $named" "$needed" "$(remedy_of_cxx)"
	else
		# shellcheck disable=SC2086 # flags, a word each
		ok "$(printf '%s\n' $KCXX_CXX_FLAGS | grep -c '^-')"
	fi
}

## flags_dropped: the kernel's flags that C++ does without are known, each with its reason
## Because nothing of the kernel's is to be left out in silence.
## Fix: none needed: kbuild/Makefile.cxxflags gives the reasons
check_flags_dropped() {
	after kbuild_answers || return
	ok "$(printf '%s\n' "$KCXX_C_FLAGS" "$KCXX_CXX_FLAGS" |
		LC_ALL=C awk -f "$here/cxxavailable/dropped.awk" "$here"/Makefile.cxxflags "$here"/Makefile.cxxtranslate -)"
}
