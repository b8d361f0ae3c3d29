#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: takes the clock from the kernel's own driver, sets it, waits for its alarm, and unbinds it.

set -e
cd /sys/bus/amba
device=$(cd drivers/rtc-pl031 && echo *.pl031)
echo "$device" >drivers/rtc-pl031/unbind
echo pl031 >"devices/$device/driver_override"
echo "$device" >drivers/pl031/bind
cd "devices/$device/rtc"/rtc*

date -u -s @1700000000 >/dev/null
hwclock --systohc --utc --rtc "/dev/${PWD##*/}"
[ $(($(cat since_epoch) / 100)) = 17000000 ] && echo "the clock was set"

echo +1 >wakealarm
while [ -n "$(cat wakealarm)" ]; do
	sleep 0.2
done
echo "alarms: $(awk '/ pl031| 9010000/ { print $2 }' /proc/interrupts)"

echo "$device" >/sys/bus/amba/drivers/pl031/unbind
[ ! -e since_epoch ] && echo "the clock has ended"
