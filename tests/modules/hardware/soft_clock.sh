# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the clock of soft_clock.cc, as user space sees it

clock=$(echo /sys/bus/platform/devices/soft_clock/rtc/rtc*)
behaves time_of_a_calendar_is_read [ "$(cat "$clock/date") $(cat "$clock/time")" = "2024-02-29 23:59:58" ]
date -u -s @1700000000 >/dev/null
hwclock --systohc --utc --rtc "/dev/${clock##*/}"
behaves time_is_set [ "$(cat "$clock/date")" = 2023-11-14 ]
behaves clock_without_an_alarm_has_none [ ! -e "$clock/wakealarm" ]
behaves range_of_the_clock_is_seen [ "$(cat "$clock/range")" = "[946684800,4102444799]" ]
behaves time_out_of_its_range_is_refused sh -c "date -u -s @900000000 >/dev/null; ! hwclock --systohc --utc --rtc /dev/${clock##*/} 2>/dev/null"
echo -305 >"$clock/offset"
behaves offset_is_set_and_read [ "$(cat "$clock/offset")" = -305 ]
behaves offset_that_the_driver_refuses_is_an_error sh -c "! echo 2000 2>/dev/null >$clock/offset"
exec 3<"/dev/${clock##*/}"
for _ in 1 2 3; do
	while cat "$clock/since_epoch" >/dev/null 2>&1; do :; done &
done
sleep 0.5
echo soft_clock >/sys/bus/platform/drivers/soft_clock/unbind &
for _ in 1 2 3 4 5 6 7 8 9 10; do
	[ ! -e "$clock" ] || sleep 1
done
behaves clock_ends_while_its_files_are_open_and_read [ ! -e "$clock" ]
killall -q cat # which waits for the clock that waits for it
wait
exec 3<&-
