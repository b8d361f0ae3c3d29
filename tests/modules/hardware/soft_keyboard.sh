# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: a user writes to the keyboard of soft_keyboard.cc, and reads its pedals

device=/sys/bus/platform/devices/soft_keyboard
event_of() { for name in "$device"/input/input*/name; do grep -qx "$1" "$name" && basename "${name%/name}"/event*; done; }
keyboard=/dev/input/$(event_of 'soft keyboard')
# Behind the time, of 16 bytes: kind, code, value
write_event() { printf '%b' "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0$1" >"$keyboard"; }
write_event '\0021\0\0001\0\0001\0\0\0'
behaves user_turns_a_lamp_on [ "$(cat $device/leds)" = 2 ]
write_event '\0021\0\0\0\0001\0\0\0'
behaves lamp_that_the_device_lacks_is_ignored [ "$(cat $device/leds)" = 2 ]
write_event '\0021\0\0001\0\0\0\0\0'
behaves user_turns_a_lamp_off [ "$(cat $device/leds)" = 0 ]
write_event '\0022\0\0002\0\0270\0001\0\0'
behaves user_sounds_the_bell [ "$(cat $device/hertz)" = 440 ]

# Each turn is three events of 24 bytes: the position, the code, a report
pedals=/dev/input/$(event_of 'soft pedals')
turns=$(dd bs=24 count=6 <"$pedals" 2>/dev/null | hexdump -v -e '12/2 "%d " "\n"' | cut -d ' ' -f 9-11 | tr '\n' ';')
behaves device_is_asked_while_it_has_a_user [ "$turns" = '3 9 1;4 4 4097;0 0 0;3 9 2;4 4 4098;0 0 0;' ]
asked=$(cat $device/polls)
sleep 0.1
behaves device_is_not_asked_without_a_user [ "$(cat $device/polls)" = "$asked" ]
behaves user_sees_the_interval grep -qx 10 $device/input/input*/poll
echo soft_keyboard >/sys/bus/platform/drivers/soft_keyboard/unbind
behaves keyboard_ends_with_its_device [ ! -e "$keyboard" ]
