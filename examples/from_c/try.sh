#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Is the hardware of a LED, in the guest

# A struct uleds_user_dev: a name in 64 bytes, and the greatest brightness
describe()
{
	printf %s "$1" | dd bs=64 conv=sync 2>/dev/null
	printf '\144\0\0\0'
}

brightness()
{
	dd bs=4 count=1 <&3 2>/dev/null | od -An -td4 | tr -d ' '
}

led=/sys/class/leds/uleds::lamp
exec 3<>/dev/uleds
echo "without a name: $(cat <&3 2>&1)"
describe 'up/down' >/tmp/led
echo "a wrong name: $(dd bs=68 if=/tmp/led 2>&1 >&3 | head -n 1)"
describe 'uleds::lamp' >/tmp/led
dd bs=68 if=/tmp/led >&3 2>/dev/null
echo "a second name: $(dd bs=68 if=/tmp/led 2>&1 >&3 | head -n 1)"
echo "parent: $(basename "$(readlink $led/device)")"
echo "greatest: $(cat $led/max_brightness), now: $(brightness)"

brightness >/tmp/next &
echo 42 >$led/brightness
wait $!
echo "set: $(cat /tmp/next)"

exec 3<&-
ls $led 2>/dev/null || echo "gone"
