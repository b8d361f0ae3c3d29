#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: what is written to the driver's disk is read back, from the disk and not from memory

set -e
disk=
tries=0
until [ -n "$disk" ] || [ $tries = 100 ]; do
	for size in /sys/class/block/*/size; do
		[ "$(cat "$size")" != 8192 ] || disk=$(basename "$(dirname "$size")")
	done
	[ ! -e /dev/nullb0 ] || disk=nullb0 # of at least 1 GiB
	tries=$((tries + 1))
	usleep 100000
done
seq 1 700000 | head -c 4194304 >/tmp/pattern
dd if=/tmp/pattern of="/dev/$disk" bs=64k 2>/dev/null
sync
echo 3 >/proc/sys/vm/drop_caches
head -c 4194304 "/dev/$disk" | cmp - /tmp/pattern && echo "all was read back"
dd if="/dev/$disk" bs=1 skip=4094304 count=12 2>/dev/null | tr '\n' ' '
dd if=/dev/zero of="/dev/$disk" bs=512 seek=8191 count=1 conv=fsync 2>/dev/null
dd if="/dev/$disk" bs=512 skip=8191 count=1 2>/dev/null | tr -d '\0' | wc -c
