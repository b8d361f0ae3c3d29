# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Commands that install a tool on this system.

# packages <tool> [<version>]: prints its names for apt, dnf, zypper and pacman
packages() {
	case "$1" in *-linux-gnu-*++) architecture_with machine "${1%%-linux-gnu-*}" ;; esac
	case "$1" in
	headers)  echo "linux-headers-$2|kernel-devel-$2|kernel-default-devel|linux-headers" ;;
	g++)      echo "g++-$2|gcc-c++|gcc$2-c++|gcc" ;;
	gcc)      echo "gcc-$2|gcc|gcc$2|gcc" ;;
	clang++ | clang) echo "clang-$2|clang|clang$2|clang" ;;
	libstdc++) echo "libstdc++-$2-dev|libstdc++-devel|libstdc++6-devel-gcc$2|gcc" ;;
	*-linux-gnu-libstdc++) echo "libstdc++-$2-dev-$arch_debian-cross|$(cross_packages "$2")" ;;
	*-linux-gnu-g++) echo "g++-$2-$(printf '%s' "$arch_machine" | tr _ -)-linux-gnu|$(cross_packages "$2")" ;;
	llvm)     echo "llvm-$2 lld-$2|llvm lld|llvm$2 lld$2|llvm lld" ;;
	pahole)   echo 'pahole|dwarves|dwarves|pahole' ;;
	*)        echo "$1|$1|$1|$1" ;;
	esac
}

# cross_packages <version>: prints the names of the GCC for arch_machine for dnf, zypper and pacman; Arch Linux is for x86
cross_packages() {
	case "$arch_machine" in
	x86_64) arch_linux=gcc ;;
	*) arch_linux=$arch_machine-linux-gnu-gcc ;;
	esac
	echo "gcc-c++-$arch_machine-linux-gnu|cross-$arch_machine-gcc$1|$arch_linux"
}

# install <tool> [<version>]: prints the command for this system's package manager
install() {
	names=$(packages "$@")
	apt=${names%%|*} names=${names#*|}
	dnf=${names%%|*} names=${names#*|}
	if command -v apt-get >/dev/null; then
		echo "apt-get install $apt"
	elif command -v dnf >/dev/null; then
		echo "dnf install $dnf"
	elif command -v zypper >/dev/null; then
		echo "zypper install ${names%|*}"
	elif command -v pacman >/dev/null; then
		echo "pacman -S ${names#*|}"
	else
		echo "install $1${2:+ $2} with this system's package manager"
	fi
}
