#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: sh examples/try.sh
#
# From nothing to a C++ module in a running kernel: installs what is missing,
# builds the program kcxx, fetches a Debian kernel (without installing it), builds
# examples/hello for it by CMake, and boots it in a virtual machine.

set -e

here=$(cd "$(dirname "$0")" && pwd)
kcxx=$(dirname "$here")
build=$kcxx/build/try
series=6.12

step() {
	printf '\n==> %s\n' "$*"
}

step "Packages"
sh "$kcxx/tools/install-packages.sh"
mkdir -p "$build"

# Runs a command; its output is shown only if it fails.
quietly() {
	if ! "$@" >"$build/log" 2>&1; then
		cat "$build/log" >&2
		exit 1
	fi
}

live=
[ ! -t 1 ] || live=y

# Runs a build and shows how far it is; its output is shown only if it fails.
building() {
	rm -f "$build/failed"
	{ "$@" 2>&1 || : >"$build/failed"; } |
		awk -v live="$live" -v log_file="$build/log" -f "$kcxx/tools/progress.awk"
	if [ -e "$build/failed" ]; then
		cat "$build/log" >&2
		exit 1
	fi
}

step "The program kcxx"
# Without optimisation, and each folder as one file: this compiles fast, and the program mostly waits.
quietly cmake -S "$kcxx" -B "$build/kcxx" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_UNITY_BUILD=ON
building cmake --build "$build/kcxx"
quietly cmake --install "$build/kcxx" --prefix "$build/prefix"

step "A Debian $series kernel"
PATH=$build/prefix/bin:$PATH
kcxx kernels get "$series"
release=$(kcxx kernels get "$series" --format json | sed -n 's/^ *"release": *"\(.*\)".*/\1/p')

step "examples/hello for $release"
cmake -S "$here/hello" -B "$build/hello" -G Ninja --log-level=NOTICE \
	-DCMAKE_PREFIX_PATH="$build/prefix" -DKCXX_KERNEL="$release"
cmake --build "$build/hello"

step "Loading it"
kcxx boot "$build/hello/hello.ko"
