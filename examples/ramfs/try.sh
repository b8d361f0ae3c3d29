#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Uses the file system as a user does, in the guest

mkdir /tmp/ram
mount -t cxxramfs -o size=128k none /tmp/ram
cd /tmp/ram || exit 1

mkdir notes
printf 'hello, ' >notes/first
echo 'file system' >>notes/first
mv notes/first notes/second
ln -s notes/second link
echo "read: $(cat link)"
echo "size: $(stat -c %s notes/second)"

dd if=/dev/zero of=big bs=4k 2>&1 | sed -n 's/^dd: /full: /p'
rm big
echo "room: $(stat -f -c '%f of %b' .)"

cd / && umount /tmp/ram
mount -t cxxramfs -o size=128k none /tmp/ram
echo "again: $(find /tmp/ram -mindepth 1 | wc -l) names"
umount /tmp/ram
