# shellcheck shell=sh disable=SC2154,SC2034 # sourced: kernel_*, config_*, program are set beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The compilers that go with the kernel's, and what to type to install or to name one.

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
	each_architecture is_of_kernel || return 0
	[ "$arch_machine" = "$this_machine" ] || echo "$arch_machine-linux-gnu-"
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
	name=${name#"$this_machine-linux-gnu-"}
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

# name_compiler <make's variable> <CMake's> <command>: prints how to name it, and how to get it if it is missing
name_compiler() {
	split_command "$3"
	exists "$program" || printf '%s, then ' "$(install_compiler "$program")"
	word=$(one_word "$3")
	echo "$1=$word for make, -D$2=$word for CMake"
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
