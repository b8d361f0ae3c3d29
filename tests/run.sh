#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: sh tests/run.sh [--every] [<pytest argument>…]
#
# Installs the packages that the tests need, and runs the gate: the tests in check/, build/ and boot/, on one
# kernel. A change lands when they pass. --every adds the tests in every/, and all kernels, architectures and
# compilers to the others; "sh tests/run.sh every/test_arches.py" runs one file.

set -e

here=$(cd "$(dirname "$0")" && pwd)
install=$here/../tools/install-packages.sh

every=
for argument in "$@"; do
	case $argument in
	--every | every | every/*) every=y ;;
	esac
done

sh "$install" \
	python3 python3-pytest python3-pytest-xdist python3-jsonschema \
	g++-12-aarch64-linux-gnu g++-12-riscv64-linux-gnu clang-19 clangd-19 clang-format-19 lld-19 llvm-19 \
	openssl libclang-19-dev llvm-19-dev \
	ccache dkms doxygen gawk original-awk shellcheck util-linux git zstd

if [ -n "$every" ]; then
	sh "$install" \
		clang-tidy-19 cpio dpkg-dev file fish libengine-pkcs11-openssl lintian rpm rpmlint softhsm2 zsh \
		qemu-system-arm qemu-system-misc device-tree-compiler opensbi libclang-rt-19-dev \
		flex bison bc gcc-12-plugin-dev debootstrap
	# Not every Debian has these: the tests that need a missing compiler are skipped.
	known=$(apt-cache show --no-all-versions g++-11 clang-13 clang-14 clang-15 clang-16 clang-22 qemu-system-riscv 2>/dev/null |
		sed -n 's/^Package: //p')
	# shellcheck disable=SC2086 # a list of packages
	sh "$install" $known
fi

cd "$here"
# Debian's own Python, because its pytest was just installed. Two workers for each CPU, because they also wait: for
# guests that sleep, for downloads. One worker runs a whole file, because the file's tests share what its first
# test builds.
exec /usr/bin/python3 -m pytest -n "$((2 * $(nproc)))" --dist loadfile "$@"
