# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: presses the button of edu_button.cc and lights its lamp, as user space does

button=/sys/bus/platform/devices/edu_button
behaves device_that_was_deferred_is_bound_when_its_lines_are_there [ -e $button/driver ]

event=$(echo $button/input/input*/event*)
behaves keys_are_those_of_the_description [ "$(cat $button/input/input*/capabilities/key)" = "3 0 0 0 0" ]
exec 3<"/dev/input/${event##*/}"
behaves driver_is_told_of_its_first_user [ "$(cat $button/users)" = 1 ]
echo 1 >$button/press
# Four events of 24 bytes: pressed, a report, released, a report. Behind the time: type, code, value.
events=$(dd bs=24 count=4 <&3 2>/dev/null | hexdump -v -e '12/2 "%d " "\n"' | cut -d ' ' -f 9-11 | tr '\n' ';')
behaves interrupt_reports_the_key [ "$events" = "1 256 1;0 0 0;1 256 0;0 0 0;" ]
exec 3<&-
behaves driver_is_told_that_its_last_user_went [ "$(cat $button/users)" = 0 ]

led=/sys/class/leds/button:green:status
echo 1 >$led/brightness
behaves lamp_is_lit grep -q 'lamp.*out hi' /sys/kernel/debug/gpio
echo 0 >$led/brightness
behaves lamp_is_off grep -q 'lamp.*out lo' /sys/kernel/debug/gpio

exec 3<"/dev/input/${event##*/}"
echo edu_button >/sys/bus/platform/drivers/edu_button/unbind
behaves lamp_and_button_end_with_their_device [ "$(ls -d /sys/class/leds/button* $button/input 2>/dev/null)" = "" ]
exec 3<&-
