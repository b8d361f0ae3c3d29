#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: sh board.sh <overlay> <to>
#
# Writes the device tree of QEMU's arm64 machine, with the overlay applied to it.

set -e
directory=$(mktemp -d)
trap 'rm -r "$directory"' EXIT
qemu-system-aarch64 -machine "virt,dumpdtb=$directory/machine.dtb" -cpu max -m 256M -nodefaults -display none 2>"$directory/log" ||
	{ cat "$directory/log" >&2 && exit 1; }
dtc -q -@ -I dts -O dtb -o "$directory/overlay.dtbo" "$1"
fdtoverlay -i "$directory/machine.dtb" -o "$2" "$directory/overlay.dtbo"
