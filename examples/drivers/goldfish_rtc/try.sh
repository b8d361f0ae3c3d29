#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: takes the clock from the kernel's own driver, sets it, waits for its alarm, and unbinds it.

set -e
cd /sys/bus/platform
device=$(cd drivers/goldfish_rtc && echo *.rtc)
echo "$device" >drivers/goldfish_rtc/unbind
echo cxx_goldfish_rtc >"devices/$device/driver_override"
echo "$device" >drivers/cxx_goldfish_rtc/bind
cd "devices/$device/rtc"/rtc*

date -u -s @1700000000 >/dev/null
hwclock --systohc --utc --rtc "/dev/${PWD##*/}"
[ $(($(cat since_epoch) / 100)) = 17000000 ] && echo "the clock was set"

echo +1 >wakealarm
while [ -n "$(cat wakealarm)" ]; do
	sleep 0.2
done
echo "alarms: $(awk '/cxx_goldfish_rtc|\.rtc/ { print $2 }' /proc/interrupts)"

echo "$device" >/sys/bus/platform/drivers/cxx_goldfish_rtc/unbind
[ ! -e since_epoch ] && echo "the clock has ended"
