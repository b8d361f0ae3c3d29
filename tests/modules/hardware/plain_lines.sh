# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the LED of plain_lines.cc, which the kernel sets where it may not sleep

lamp=/sys/class/leds/plain:green:status
echo 1 > "$lamp/brightness"
behaves led_is_set_at_once grep -qx 1 "$lamp/brightness"
