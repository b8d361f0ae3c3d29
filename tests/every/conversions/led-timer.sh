#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: a trigger turns a LED on and off, which the file of the LED shows

set -e
exec 3<>/dev/uleds
{
	printf lamp | dd bs=64 conv=sync 2>/dev/null
	printf '\001\0\0\0'
} >/tmp/led
dd bs=68 if=/tmp/led >&3 2>/dev/null
brightness() { dd bs=4 count=1 <&3 2>/dev/null | od -An -td4 | tr -d ' '; }
echo "at first: $(brightness)"
cd /sys/class/leds/lamp
echo timer >trigger
echo 100 >delay_on
echo 50 >delay_off
brightness >/dev/null
first=$(brightness)
second=$(brightness)
[ $((first + second)) = 1 ] && echo "it blinks, $(cat delay_on) ms and $(cat delay_off) ms"
echo none >trigger
exec 3<&-
[ ! -e /sys/class/leds/lamp ] && echo "gone"
