# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: i2c-stub's chip is named, so that the driver of regmap_bus.cc gets it

behaves device_is_bound_by_its_name sh -c 'echo kcxx_regmap 0x50 >/sys/bus/i2c/devices/i2c-0/new_device &&
	[ -e /sys/bus/i2c/devices/0-0050/driver ]'
behaves registers_of_the_layout_and_no_others_are_in_debugfs [ \
	"$(cut -d: -f1 /sys/kernel/debug/regmap/0-0050/registers | tr '\n' ' ')" = "00 01 02 03 10 11 12 13 14 15 16 17 " ]
