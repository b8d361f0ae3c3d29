# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the chip is taken from the kernel's own driver. Of its users one has a line at a time.

take /sys/bus/amba/drivers/pl061_gpio/*.pl061 pl061
use()
{
	cd /sys/bus/amba/drivers/pl061/*.pl061 || return
	exec 3<"/dev/$(echo gpiochip*)"
	line=$(($(cat gpio/gpiochip*/base) + 5))
	echo $line >/sys/class/gpio/export
	cd /sys/class/gpio/gpio$line || return
	for state in high in; do
		echo $state >direction
	done
	for edge in rising none; do # the kernel requests the line's interrupt
		echo $edge >edge
	done
	cat value
	echo $line >/sys/class/gpio/unexport
}
