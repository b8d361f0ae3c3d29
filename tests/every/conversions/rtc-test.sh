#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: clocks that are read and set, and one whose alarm comes

set -e
for clock in /sys/class/rtc/*; do
	grep -q rtc-test "$clock/name" || continue
	late=$(($(date +%s) - $(cat "$clock/since_epoch")))
	[ "$late" -le 2 ] && echo "$(cat "$clock/name") goes right"
done
last=${clock##*/}
date -s '2030-01-02 03:04:05' >/dev/null
hwclock -u -w -f "/dev/$last"
hwclock -u -r -f "/dev/$last" | cut -d : -f 1,2
echo +2 >"/sys/class/rtc/$last/wakealarm"
[ -n "$(cat "/sys/class/rtc/$last/wakealarm")" ] && echo "the alarm is set"
sleep 4
[ -z "$(cat "/sys/class/rtc/$last/wakealarm")" ] && echo "the alarm came"
