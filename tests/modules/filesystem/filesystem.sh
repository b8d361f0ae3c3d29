#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# User space's part of the tests of filesystem, in the guest

# With failslab any allocation may fail, and the kernel logs nothing of it.
if cd /sys/kernel/debug/failslab 2>/dev/null; then
	echo N >ignore-gfp-wait
	echo 0 >verbose
	cd /
fi

/filesystem_user || exit 1

users() {
	sed -n 's/^filesystem [0-9]* \([0-9]*\) .*/users: \1/p' /proc/modules
}
users
mount -t kcxx_tree none /tmp/tree
users
rmmod filesystem 2>&1 | sed 's/^/rmmod: /'
exec 3</tmp/tree/fixed/greeting
umount -l /tmp/tree
users
exec 3<&-
users

# Loaded, mounted and unloaded, again and again
again() {
	rmmod filesystem && insmod /kcxx/modules/filesystem.ko && mount -t kcxx_tree none /tmp/tree &&
		echo text >/tmp/tree/file && umount /tmp/tree
}
rounds=0
while [ $rounds -lt 20 ] && again; do
	rounds=$((rounds + 1))
done
echo "rounds: $rounds"
