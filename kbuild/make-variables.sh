#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: make-variables.sh <kernel directory>
#
# The variables that make has to be given for a kernel that another compiler or
# another machine built: ARCH, CROSS_COMPILE, LLVM, one a line. The kernel's own
# configuration decides.

config=$1/include/config/auto.conf

has() {
	grep -qs "^$1=y" "$config"
}

# Foreign architectures: GNU's names for the cross-compilers
machine=$(uname -m)
cross() {
	[ "$machine" = "$3" ] || printf 'ARCH=%s\nCROSS_COMPILE=%s\n' "$1" "${CROSS_COMPILE:-$2-linux-gnu-}"
}
if has CONFIG_X86_64; then
	cross x86_64 x86_64 x86_64
elif has CONFIG_ARM64; then
	cross arm64 aarch64 aarch64
elif has CONFIG_RISCV; then
	cross riscv riscv64 riscv64
fi

# Clang with GNU's linker is a compiler; with its own it is a whole toolchain.
if has CONFIG_CC_IS_CLANG; then
	major=$(sed -n 's/^CONFIG_CLANG_VERSION=\([0-9]*\)[0-9][0-9][0-9][0-9]$/\1/p' "$config")
	command -v "clang-$major" >/dev/null && suffix=-$major || suffix=
	if has CONFIG_LD_IS_LLD; then
		echo "LLVM=${suffix:-1}"
	else
		echo "CC=clang$suffix"
	fi
fi
