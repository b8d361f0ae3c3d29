# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the lines of edu_lines.cc, as user space sees them

behaves lines_are_listed_with_their_users grep -q 'drive.*out hi' /sys/kernel/debug/gpio
echo wired >/sys/bus/platform/drivers/edu_lines/unbind # a driver that has a line keeps the chip's module
behaves lines_of_an_unbound_device_are_free [ "$(grep -c 'drive\|sense' /sys/kernel/debug/gpio)" = 0 ]
echo 0000:00:1d.0 >/sys/bus/pci/drivers/edu_lines/unbind
behaves lines_end_with_their_chip [ "$(grep -c 0000:00:1d.0 /sys/kernel/debug/gpio)" = 0 ]
