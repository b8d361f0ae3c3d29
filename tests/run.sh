#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: sh tests/run.sh [<pytest argument>…]
#
# Installs what the tests need and runs them all.

set -e

here=$(cd "$(dirname "$0")" && pwd)

sh "$here/../tools/install-packages.sh" \
	g++-12 gcc-12 g++ gcc make cmake ninja-build pkg-config \
	libcli11-dev libfmt-dev nlohmann-json3-dev libarchive-dev libelf-dev \
	kmod pahole busybox-static qemu-system-x86 xz-utils ca-certificates \
	python3 python3-pytest python3-pytest-xdist \
	clang-19 clangd-19 clang-format-19 clang-tidy-19 ccache shellcheck util-linux git

cd "$here/.."
# Debian's own Python, whose pytest was just installed
exec /usr/bin/python3 -m pytest tests -n "$(nproc)" "$@"
