# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the chip is taken from the kernel's own driver, and gpio-keys has a line of it with an interrupt. No user has a
# line by /sys/class/gpio: Linux 6.12 frees it twice where its user gives it back while the chip ends.

take /sys/bus/amba/drivers/pl061_gpio/*.pl061 pl061
use()
{
	cd /sys/bus/amba/drivers/pl061/*.pl061 || return
	exec 3<"/dev/$(echo gpiochip*)"
	cat gpio/gpiochip*/label && grep pl061 /sys/kernel/debug/gpio && cat /sys/bus/platform/drivers/gpio-keys/gpio-keys/keys
}
end()
{
	unbind /sys/bus/amba/drivers/pl061/*.pl061 # of which gpio-keys has the module
}
