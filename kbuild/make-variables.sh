#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: make-variables.sh [--cc <C compiler>] [--cxx <C++ compiler>] <kernel directory>
#
# The variables that make has to be given to build modules for a kernel that
# another machine or another compiler built, one a line:
#
#   ARCH, CROSS_COMPILE   for another architecture
#   LLVM, CC, LD, …       the toolchain, where it is not what the kernel directory
#                         says, or that is not installed
#   CXX                   the C++ compiler, where one is named
#   CONFIG_<OPTION>       see kconfig-for-compiler.sh
#
# The C compiler is the one named; else the kernel's own; else, where that is not
# installed or the C++ compiler does not go with it, the C++ compiler's partner;
# for another architecture, else the newest GCC for it, else Clang. Clang's C++
# goes with GCC's C on x86-64 alone: see Makefile.cxxtranslate.
#
# Status: 0, or 2 for a wrong call.

here=$(cd "${0%"${0##*/}"}." && pwd)
. "$here/usage.sh"
. "$here/compiler-command.sh"
. "$here/family-options.sh"
. "$here/architectures.sh"

help_wanted "$@"
cc=
cxx=
while [ $# -gt 1 ]; do
	case "$1" in
	--cc) cc=$2 ;;
	--cxx) cxx=$2 ;;
	*) wrong_call "unknown option '$1'" ;;
	esac
	shift 2
done
case "${1-}" in
'') wrong_call 'no kernel directory' ;;
-*) wrong_call "unknown option '$1', or one without its value" ;;
esac
kernel=$1
config=$kernel/include/config/auto.conf

has() {
	grep -qs "^CONFIG_$1=y" "$config"
}

exists() {
	command -v "$1" >/dev/null
}

# shellcheck disable=SC2154 # set by split_command
is_clang() {
	split_command "$1"
	case "${program##*/}" in *clang*) ;; *) return 1 ;; esac
}

# The newest of the commands that begin with these words, by the number they end in
newest() {
	for beginning in "$@"; do
		(
			IFS=:
			for directory in $PATH; do
				for found in "$directory/$beginning"[0-9]*; do
					[ ! -x "$found" ] || echo "${found##*/}"
				done
			done
		)
	done | sed -n 's/^.*[a-z]-\([0-9]*\)$/\1 &/p' | sort -n | tail -n 1 | cut -d ' ' -f 2
}

# Architecture: GNU's names for the cross-compilers
# --------------------------------------------------------------------------

foreign=
machine=$(uname -m)
gnu=
# shellcheck disable=SC2154 # arch_…: set by each_architecture
has_arch() {
	has "$arch_config" || return
	gnu=$arch_machine-linux-gnu
	[ "$machine" != "$arch_machine" ] || return 0
	foreign=${CROSS_COMPILE:-$gnu-}
	printf 'ARCH=%s\nCROSS_COMPILE=%s\n' "$arch_make" "$foreign"
}
each_architecture has_arch

# The C compiler
# --------------------------------------------------------------------------

# version_of <option>: prints the major version in it
version_of() {
	sed -n "s/^CONFIG_$1=\([0-9]*\)[0-9][0-9][0-9][0-9]$/\1/p" "$config"
}

partner_of_cxx() {
	partner=$(c_partner_of "$cxx") || return
	split_command "$partner"
	exists "$program"
}

if has CC_IS_CLANG; then
	major=$(version_of CLANG_VERSION)
	exists "clang-$major" && suffix=-$major || suffix=
	own=clang$suffix
else
	major=$(version_of GCC_VERSION)
	exists "${foreign}gcc-$major" && own=${foreign}gcc-$major || own=${foreign}gcc
fi

# Does the kernel allow only one family for C? cxxavailable.sh reports that.
bound() {
	for option in $(options_bound C); do
		! has "$option" || return 0
	done
	return 1
}

goes_with_own() {
	if ! exists "$own"; then
		return 1
	elif has CC_IS_CLANG; then
		is_clang "$1"
	else
		has X86_64 || ! is_clang "$1"
	fi
}

if [ -n "$cc" ]; then
	chosen=$cc
elif [ -n "$cxx" ] && ! goes_with_own "$cxx" && ! bound && partner_of_cxx; then
	chosen=$partner
elif [ -z "$foreign" ] || exists "$own"; then
	chosen=
else
	chosen=$(newest "${foreign}gcc-")
	chosen=${chosen:-$(newest clang-)}
fi

# Clang with GNU's linker is a compiler; with its own it is a whole toolchain.
# --------------------------------------------------------------------------

# llvm <suffix>: prints its tools by name, for a kernel directory that names others; tools
# of another version read the same objects
llvm() {
	if ! { exists "ld.lld$1" && exists "llvm-objcopy$1"; }; then
		[ -n "$1" ] || return 0
		llvm "$(newest ld.lld- | sed -n 's/^ld.lld\(-.*\)$/\1/p' | grep -vx -e "$1")"
		return
	fi
	printf '%s\n' "LD=ld.lld$1" "AR=llvm-ar$1" "NM=llvm-nm$1" "OBJCOPY=llvm-objcopy$1" \
		"OBJDUMP=llvm-objdump$1" "READELF=llvm-readelf$1" "STRIP=llvm-strip$1"
}

if [ -z "$chosen" ]; then
	if has CC_IS_CLANG && has LD_IS_LLD; then
		echo "LLVM=${suffix:-1}"
	elif has CC_IS_CLANG; then
		echo "CC=$own"
	fi
else
	if is_clang "$chosen"; then
		llvm "$(echo "${program##*/}" | sed -n 's/.*clang\(-[0-9]*\)$/\1/p')"
	fi
	printf '%s\n' "CC=$chosen"
	# shellcheck disable=SC2086 # a compiler may be several words
	sh "$here/kconfig-for-compiler.sh" "$kernel" $chosen ${gnu:+$(is_clang "$chosen" && echo "--target=$gnu")}
fi
[ -z "$cxx" ] || printf '%s\n' "CXX=$cxx"
