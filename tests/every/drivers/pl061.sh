# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the chip is taken from the kernel's own driver, and gpio-keys gets a line of it with an interrupt. Linux 6.1 warns
# of each chip, also of its own driver's, that ends while a line has an interrupt: there the line has no user. No user has a line by
# /sys/class/gpio: Linux 6.12 frees it twice where its user gives it back while the chip ends.

keys=/sys/bus/platform/drivers/gpio-keys
[ ! -e $keys/gpio-keys ] || unbind $keys/gpio-keys
take /sys/bus/amba/drivers/pl061_gpio/*.pl061 pl061
case $(uname -r) in
6.1.*) ;;
*) echo gpio-keys >$keys/bind ;;
esac
use()
{
	cd /sys/bus/amba/drivers/pl061/*.pl061 || return
	exec 3<"/dev/$(echo gpiochip*)"
	cat gpio/gpiochip*/label && grep pl061 /sys/kernel/debug/gpio
}
end()
{
	[ ! -e $keys/gpio-keys ] || unbind $keys/gpio-keys # which has the module of its line's chip
}
