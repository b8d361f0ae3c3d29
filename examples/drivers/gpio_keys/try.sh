#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: presses the machine's power button by QEMU's monitor, which is behind the first serial port, and reads what the
# driver reports; again after the system slept.

set -e
keys=/sys/bus/platform/devices/gpio-keys
exec 3<>/dev/ttyS0
stty raw -echo <&3
event=$(echo $keys/input/input*/event*)
exec 4<"/dev/input/${event##*/}"

# Four events of 24 bytes: pressed, a report, released, a report. Behind the time: type, code, value.
press()
{
	printf '\rsystem_powerdown\r' >&3
	dd bs=24 count=4 <&4 2>/dev/null | hexdump -v -e '12/2 "%d " "\n"' | cut -d ' ' -f 9-11 | tr '\n' ','
}

echo "$(cat $keys/input/input*/name): $(press)"
echo "interrupts: $(awk '/gpio-keys/ { print $2 }' /proc/interrupts)"
echo +2 >/sys/class/rtc/rtc0/wakealarm
echo freeze >/sys/power/state
echo "after a sleep: $(press)"
exec 4<&-
