#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: a disk in memory, compressed

set -e
cat /sys/block/zram0/comp_algorithm
echo 4M >/sys/block/zram0/disksize
seq 1 700000 | head -c 4194304 >/tmp/pattern
dd if=/tmp/pattern of=/dev/zram0 bs=64k 2>/dev/null
sync
echo 3 >/proc/sys/vm/drop_caches
cmp /tmp/pattern /dev/zram0 && echo "all was read back"
# shellcheck disable=SC2046 # numbers
set -- $(cat /sys/block/zram0/mm_stat)
echo "bytes: $1, compressed: $2"
echo 1 >/sys/block/zram0/reset
