# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: users open the device of the key, which QEMU's monitor presses behind the first serial port

stty -F /dev/ttyS0 raw -echo
use()
{
	event=$(echo /sys/bus/platform/drivers/cxx_gpio_keys/gpio-keys/input/input*/event*)
	exec 3<"/dev/input/${event##*/}" && printf '\rsystem_powerdown\r' >/dev/ttyS0
}
