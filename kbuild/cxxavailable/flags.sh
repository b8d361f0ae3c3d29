# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The kernel's flags, and what the C++ compiler makes of them.

# compile_probe: status, and what the compiler said in $work/probe-said
compile_probe() {
	(cd "$KCXX_CURDIR" && eval "LC_ALL=C timeout -k 1 60 $KCXX_CXX $KCXX_CXX_FLAGS \
		-c -o '$work/probe.o' '$here/cxxavailable/probe.cc'") >"$work/probe-said" 2>&1 </dev/null
}

# The options a compiler's messages name: unrecognized, unknown, unsupported, C only, unused
options_named() {
	LC_ALL=C sed -n -e '/option\|argument/ s/.*[`'"'"']\(-[^'"'"'`]*\)'"'"'.*/\1/p' "$1" | sort -u |
		paste -s -d ' ' -
}

## flags_accepted: the C++ compiler takes every flag that is left of the kernel's
## Because a flag that is not understood is a protection or a calling convention that is missing.
## Fix: CXX=<partner> for make, -DKCXX_CXX_COMPILER=<partner> for CMake
check_flags_accepted() {
	after cxx_compiler cxx_version cxx_family standard_headers kbuild_answers || return
	set -- "all of them, as $partner knows them" "$(take_partner)"
	# shellcheck disable=SC2086 # flags, a word each
	if compile_probe; then
		named=$(options_named "$work/probe-said")
		if [ -n "$named" ]; then
			warn 'the C++ compiler passes over some of the kernel'"'"'s flags' "$cxx: $named" "$@"
		else
			ok "$(printf '%s\n' $KCXX_CXX_FLAGS | grep -c '^-')"
		fi
	else
		named=$(options_named "$work/probe-said")
		said=$({ grep 'error' "$work/probe-said" || cat "$work/probe-said"; } | printable)
		fail "the C++ compiler does not take the kernel's flags" \
			"$cxx: ${named:-${said:-it fails, and says nothing}}" "$@"
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
