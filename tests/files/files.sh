#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# What user space tries of the modules files and uaccess, in the guest

major=$(sed -n 's/ kcxx_channels$//p' /proc/devices)
for minor in 0 1 2 3; do
	mknod "/tmp/channel$minor" c "$major" "$minor"
done

/uaccess_user && /files_user || exit 1

exec 3</dev/kcxx_store 4</tmp/channel1
rmmod files 2>&1 | sed 's/^/rmmod: /'
sed -n 's/^files [0-9]* \([0-9]*\) .*/users: \1/p' /proc/modules
exec 3<&-
sed -n 's/^files [0-9]* \([0-9]*\) .*/users: \1/p' /proc/modules
exec 4<&-
sed -n 's/^files [0-9]* \([0-9]*\) .*/users: \1/p' /proc/modules
