#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: cxxavailable.sh [--kernel DIR] [--cc CC] [--cxx CXX] [--quiet] [--print-stdinc]
#
# Can a C++ module be built for the kernel in DIR with the compiler CXX? Reports
# every requirement that is not met, on standard error: what was found, what is
# needed, what to type. --print-stdinc answers, when all is well, with one line:
# the compiler's version and its standard header directories, '|' between.
#
# Status: 0 usable, 1 not usable, 2 wrong call.

here=$(dirname "$0")
kernel=
cc=
cxx=
quiet=
print_stdinc=

usage() {
	echo "Usage: $0 [--kernel DIR] [--cc CC] [--cxx CXX] [--quiet] [--print-stdinc]" >&2
	exit 2
}

while [ $# -gt 0 ]; do
	case "$1" in
	--kernel | --cc | --cxx)
		[ $# -ge 2 ] || usage
		;;
	esac
	case "$1" in
	--kernel) kernel=$2; shift ;;
	--cc) cc=$2; shift ;;
	--cxx) cxx=$2; shift ;;
	--quiet) quiet=y ;;
	--print-stdinc) print_stdinc=y ;;
	*) usage ;;
	esac
	shift
done

failures=0

# fail <requirement> <found> <needed> <fix>
fail() {
	failures=$((failures + 1))
	cat >&2 <<-EOF
	*** kcxx: $1
	***   found:  $2
	***   needed: $3
	***   fix:    $4
	EOF
}

# install_hint <Debian package> [<what it is elsewhere>]: the command to type here
install_hint() {
	if command -v apt-get >/dev/null; then
		echo "apt-get install $1"
	else
		echo "install ${2:-$1} with this distribution's package manager"
	fi
}

# A version as a number that compares: 12.2.0 → 120200
comparable() {
	echo "$1" | { IFS=. read -r major minor patch
		echo $((major * 10000 + ${minor:-0} * 100 + ${patch:-0})); }
}

# --- the kernel directory ---------------------------------------------------

check_is_directory() {
	[ -d "$kernel" ] && return
	fail 'the kernel directory does not exist' "$kernel" \
		'a kernel build tree or a headers package' \
		"$(install_hint linux-headers-amd64 'the kernel headers'), or name another directory"
	return 1
}

check_has_no_space() {
	case "$kernel" in *[[:space:]:%]*)
		fail 'Kbuild cannot work in this path' "$kernel" \
			'a path without spaces, colons or percent signs' \
			"ln -s '$kernel' /tmp/kernel, and name that instead"
		return 1
	esac
}

check_is_build_tree() {
	# Built with O=, a directory has its sources behind the link "source".
	for tree in "$kernel" "$kernel/source"; do
		[ -f "$kernel/Makefile" ] && [ -f "$tree/scripts/Makefile.build" ] && return
	done
	fail 'this is not a kernel build directory' "$kernel" \
		'a directory with Makefile and scripts/Makefile.build' \
		'name /lib/modules/<release>/build, or the directory a kernel was built in'
	return 1
}

check_is_prepared() {
	for file in include/generated/autoconf.h include/config/auto.conf scripts/mod/modpost \
		scripts/basic/fixdep; do
		[ -e "$kernel/$file" ] && continue
		fail 'the kernel directory was never prepared for modules' \
			"no $kernel/$file" 'a configured and prepared kernel directory' \
			"make -C $kernel olddefconfig modules_prepare"
		return 1
	done
}

# --- the compilers ----------------------------------------------------------

# identify <language> <command>: prints "<family> <version>"
identify() {
	# shellcheck disable=SC2086 # a compiler may be several words: ccache g++
	printf '%s\n' '#if defined(__clang__)' \
		'Clang __clang_major__.__clang_minor__.__clang_patchlevel__' \
		'#elif defined(__GNUC__)' 'GCC __GNUC__.__GNUC_MINOR__.__GNUC_PATCHLEVEL__' '#endif' |
		LC_ALL=C $2 -E -P -x "$1" - 2>/dev/null | tr -d ' ' |
		sed -n -E 's/^(GCC|Clang)([0-9].*)$/\1 \2/p'
}

last_word() {
	echo "${1##* }"
}

# The family of the compiler that built the kernel, by its own configuration
kernel_family() {
	if grep -qs '^CONFIG_CC_IS_CLANG=y' "$kernel/include/config/auto.conf"; then
		echo Clang
	else
		echo GCC
	fi
}

# The name of the C++ compiler that goes with the kernel's
partner() {
	major=$(sed -n -E 's/^CONFIG_(GCC|CLANG)_VERSION=([1-9][0-9]*)[0-9]{4}$/\2/p' \
		"$kernel/include/config/auto.conf" 2>/dev/null)
	case $(kernel_family) in
	Clang) echo "clang++-$major" ;;
	*) echo "g++-$major" ;;
	esac
}

# The Debian package that a compiler command comes in
package_of() {
	basename "$(last_word "$1")" | sed -E 's/^.*-linux-gnu-//; s/^clang\+\+/clang/; s/^c\+\+$/g++/'
}

check_compiler_runs() {
	command -v "$(last_word "$cxx")" >/dev/null 2>&1 || {
		fail 'the C++ compiler is missing' "no command '$(last_word "$cxx")'" \
			"$(partner), which goes with the compiler that built the kernel" \
			"$(install_hint "$(package_of "$cxx")" "a C++ compiler")"
		return 1
	}
	cxx_is=$(identify c++ "$cxx")
	[ -n "$cxx_is" ] && return
	fail 'this is no C++ compiler that kcxx knows' "'$cxx' does not preprocess C++" \
		'GCC or Clang' "$(install_hint "$(package_of "$(partner)")" "$(partner)")"
	return 1
}

check_compiler_version() {
	case "$cxx_is" in
	Clang*) tool=clang++ ;;
	*) tool=g++ ;;
	esac
	minimum=$("$here/min-tool-version.sh" "$tool")
	[ "$(comparable "${cxx_is#* }")" -ge "$(comparable "$minimum")" ] && return
	fail 'the C++ compiler is too old' "$cxx is ${cxx_is#* }" "$tool $minimum or newer" \
		"$(install_hint "$(package_of "$tool-${minimum%%.*}")" "$tool ${minimum%%.*}")"
}

check_compiler_family() {
	[ "${cxx_is%% *}" = "$(kernel_family)" ] && return
	fail 'the C++ compiler and the kernel are of different families' \
		"$cxx is ${cxx_is%% *}; the kernel was built by $(kernel_family)" \
		"$(partner), or another $(kernel_family)" \
		"name it: CXX=$(partner) for make, -DKCXX_CXX_COMPILER=$(partner) for CMake"
}

check_c_compiler() {
	[ -n "$cc" ] || return 0
	command -v "$(last_word "$cc")" >/dev/null 2>&1 && return
	fail "the kernel's C compiler is missing" "no command '$(last_word "$cc")'" \
		'the compiler that the kernel directory names' \
		"$(install_hint "$(package_of "$cc")" "$cc")"
}

# --- all of them ------------------------------------------------------------

if [ -n "$kernel" ]; then
	check_has_no_space && check_is_directory && check_is_build_tree && check_is_prepared
fi
if [ -n "$cxx" ] && [ "$failures" -eq 0 ]; then
	check_c_compiler
	check_compiler_runs && {
		check_compiler_version
		[ -z "$kernel" ] || check_compiler_family
	}
fi

[ "$failures" -eq 0 ] || exit 1
[ -n "$quiet" ] || echo 'C++ is available!'

if [ -n "$print_stdinc" ]; then
	# Only the compiler's own directories and libstdc++'s: never the C library's
	# shellcheck disable=SC2086 # likewise several words
	LC_ALL=C $cxx ${CLANG_FLAGS-} -E -x c++ -v /dev/null 2>&1 >/dev/null |
		sed -n -e '/^#include <\.\.\.>/,/^End of search/ s/^ //p' |
		grep -E '/c\+\+/|/lib[0-9]*/(gcc|clang)/.*/include$' |
		grep -v '/backward$' |
		while read -r directory; do realpath "$directory"; done |
		{ printf '%s' "${cxx_is#* }"; while read -r d; do printf '|%s' "$d"; done; }
fi
