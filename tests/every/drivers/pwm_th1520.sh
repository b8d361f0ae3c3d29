# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: a lamp and a fan, whose drivers are bound to their channels with the chip. No user exports a channel: Linux 6.12
# keeps the module of a chip whose channel is exported while the chip ends.

use()
{
	echo 25 >/sys/class/leds/lamp/brightness || return
	cat /sys/bus/platform/drivers/cxx_pwm_th1520/*.pwm/pwm/pwmchip*/npwm && echo 128 >"$(echo /sys/bus/platform/devices/fan/hwmon/hwmon*/pwm1)"
}
end()
{
	unbind /sys/bus/platform/drivers/cxx_pwm_th1520/*.pwm # of which the fan has the module
}
