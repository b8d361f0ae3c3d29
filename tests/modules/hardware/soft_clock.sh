# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the clock of soft_clock.cc, as user space sees it

clock=$(echo /sys/bus/platform/devices/soft_clock/rtc/rtc*)
behaves time_of_a_calendar_is_read [ "$(cat "$clock/date") $(cat "$clock/time")" = "2024-02-29 23:59:58" ]
date -u -s @1700000000 >/dev/null
hwclock --systohc --utc --rtc "/dev/${clock##*/}"
behaves time_is_set [ "$(cat "$clock/date")" = 2023-11-14 ]
behaves clock_without_an_alarm_has_none [ ! -e "$clock/wakealarm" ]
exec 3<"/dev/${clock##*/}"
echo soft_clock >/sys/bus/platform/drivers/soft_clock/unbind
behaves clock_ends_while_its_file_is_open [ ! -e "$clock" ]
exec 3<&-
