#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: sh tests/run.sh [<pytest argument>…]
#
# Installs what the tests need and runs them all, or those in the files that are named. Only then, as in
# "sh tests/run.sh tests", those are among them that need a kernel of their own, a quarter of an hour to build.

set -e

here=$(cd "$(dirname "$0")" && pwd)

sh "$here/../tools/install-packages.sh" \
	python3 python3-pytest python3-pytest-xdist \
	g++-11 clang-13 clang-14 clang-15 clang-16 clang-22 \
	g++-12-aarch64-linux-gnu g++-12-riscv64-linux-gnu \
	clang-19 clangd-19 clang-format-19 clang-tidy-19 lld-19 llvm-19 \
	flex bison bc gcc-12-plugin-dev \
	qemu-system-arm qemu-system-misc opensbi \
	openssl softhsm2 libengine-pkcs11-openssl \
	ccache cpio debootstrap dkms dpkg-dev file lintian rpm rpmlint gawk original-awk shellcheck util-linux git python3-jsonschema zstd

cd "$here"
# Debian's own Python, whose pytest was just installed
# Two workers for each CPU, for they wait: for guests that sleep, for downloads. A file is one
# worker's, else others would wait for what its first test makes.
exec /usr/bin/python3 -m pytest -n "$((2 * $(nproc)))" --dist loadfile "$@"
