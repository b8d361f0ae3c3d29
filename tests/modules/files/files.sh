#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# User space's part of the tests of files, ioctls, uaccess and entries, in the guest

major=$(sed -n 's/ kcxx_channels$//p' /proc/devices)
for minor in 0 1 2 3; do
	mknod "/tmp/channel$minor" c "$major" "$minor"
done

/uaccess_user && /files_user && /ioctls_user || exit 1

exec 3</dev/kcxx_store 4</tmp/channel1
rmmod files 2>&1 | sed 's/^/rmmod: /'
sed -n 's/^files [0-9]* \([0-9]*\) .*/users: \1/p' /proc/modules
exec 3<&-
sed -n 's/^files [0-9]* \([0-9]*\) .*/users: \1/p' /proc/modules
exec 4<&-
sed -n 's/^files [0-9]* \([0-9]*\) .*/users: \1/p' /proc/modules

# The entries, line by line
said() {
	sed "s/^/$1: /"
}
said proc </proc/kcxx_numbers
echo 7 >/proc/sys/dev/kcxx/speed
echo 2 >/proc/kcxx_level
dd if=/proc/kcxx_numbers bs=3 2>/dev/null | said proc-in-parts
tail -c 6 /proc/kcxx_numbers | said proc-end
said debugfs </sys/kernel/debug/kcxx/numbers
said sysctl </proc/sys/dev/kcxx/speed
echo 10 2>&1 >/proc/sys/dev/kcxx/speed | said sysctl-beyond
said sysctl </proc/sys/dev/kcxx/speed
echo x 2>&1 >/proc/kcxx_level | said level-wrong
cat /proc/kcxx_level /dev/null 2>&1 | said level-read
stat -c %a /proc/kcxx_level /proc/kcxx_numbers | said mode
