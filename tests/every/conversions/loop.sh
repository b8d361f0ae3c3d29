#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: a file is a disk

set -e
seq 1 700000 | head -c 4194304 >/tmp/file
losetup -f /tmp/file
cat /sys/block/loop0/size /sys/block/loop0/loop/backing_file
cmp /tmp/file /dev/loop0 && echo "the same"
printf changed | dd of=/dev/loop0 seek=1 conv=fsync 2>/dev/null
dd if=/tmp/file bs=512 skip=1 count=1 2>/dev/null | head -c 7
echo
losetup -d /dev/loop0
