# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Commands that install a tool on this system.

# packages <tool> [<version>]: prints its names for apt, dnf, zypper and pacman
packages() {
	case "$1" in
	headers)  echo "linux-headers-$2|kernel-devel-$2|kernel-default-devel|linux-headers" ;;
	g++)      echo "g++-$2|gcc-c++|gcc$2-c++|gcc" ;;
	gcc)      echo "gcc-$2|gcc|gcc$2|gcc" ;;
	clang++ | clang) echo "clang-$2|clang|clang$2|clang" ;;
	libstdc++) echo "libstdc++-$2-dev|libstdc++-devel|libstdc++6-devel-gcc$2|gcc" ;;
	aarch64-linux-gnu-libstdc++)
		echo "libstdc++-$2-dev-arm64-cross|gcc-c++-aarch64-linux-gnu|cross-aarch64-gcc$2|aarch64-linux-gnu-gcc" ;;
	riscv64-linux-gnu-libstdc++)
		echo "libstdc++-$2-dev-riscv64-cross|gcc-c++-riscv64-linux-gnu|cross-riscv64-gcc$2|riscv64-linux-gnu-gcc" ;;
	x86_64-linux-gnu-libstdc++)
		echo "libstdc++-$2-dev-amd64-cross|gcc-c++-x86_64-linux-gnu|cross-x86_64-gcc$2|gcc" ;;
	llvm)     echo "llvm-$2 lld-$2|llvm lld|llvm$2 lld$2|llvm lld" ;;
	aarch64-linux-gnu-g++)
		echo "g++-$2-aarch64-linux-gnu|gcc-c++-aarch64-linux-gnu|cross-aarch64-gcc$2|aarch64-linux-gnu-gcc" ;;
	riscv64-linux-gnu-g++)
		echo "g++-$2-riscv64-linux-gnu|gcc-c++-riscv64-linux-gnu|cross-riscv64-gcc$2|riscv64-linux-gnu-gcc" ;;
	x86_64-linux-gnu-g++)
		echo "g++-$2-x86-64-linux-gnu|gcc-c++-x86_64-linux-gnu|cross-x86_64-gcc$2|gcc" ;;
	pahole)   echo 'pahole|dwarves|dwarves|pahole' ;;
	*)        echo "$1|$1|$1|$1" ;;
	esac
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

minimums=$(sh "$here/min-tool-version.sh" --list)

# minimum <tool>: prints the oldest version that kcxx works with
minimum() {
	while read -r tool version _; do
		[ "$tool" != "$1" ] || echo "$version"
	done <<END
$minimums
END
}

# Prints the first version number in a tool's output
version_in() {
	LC_ALL=C sed -n 's/^[^0-9]*\([0-9][0-9]*\(\.[0-9][0-9]*\)\{1,2\}\).*/\1/p' | head -n 1
}

# hear <seconds> <command>…: sets $said to its whole output; the status is its own, or 124
# if it does not end. The shell's own messages, of NULs or signals, are dropped.
hear() {
	{ said=$(LC_ALL=C timeout -k 1 "$@" 2>&1 </dev/null); } 2>/dev/null
	set -- $?
	case "$1" in
	137 | 143) return 124 ;; # GNU timeout after SIGKILL; busybox
	esac
	return "$1"
}

exists() {
	case "$1" in
	*/*) [ -f "$1" ] && [ -x "$1" ] ;; # some shells do not check a path
	*)
		at=$(command -v "$1" 2>/dev/null) || return
		case "$at" in */*) [ -x "$at" ] ;; esac ;;
	esac
}
