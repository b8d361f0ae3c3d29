# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the LEDs of described_leds.cc, as user space sees them

behaves leds_have_the_names_of_their_nodes [ "$(cd /sys/class/leds && echo pump:*)" = 'pump:front pump:green:status pump:white:spare' ]
behaves led_begins_as_its_node_describes [ "$(cat /sys/class/leds/pump:*/brightness | tr '\n' ' ')" = '255 0 0 ' ]
echo 7 >/sys/class/leds/pump:white:spare/brightness
behaves led_is_told_its_number [ "$(cat /sys/class/leds/pump:*/brightness | tr '\n' ' ')" = '255 0 7 ' ]
echo described_leds >/sys/bus/platform/drivers/described_leds/unbind
behaves leds_end_with_their_device [ ! -e /sys/class/leds/pump:front ]
