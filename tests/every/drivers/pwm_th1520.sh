# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the lamp, whose driver uses a channel, and another channel, which of the users one has at a time

use()
{
	echo 25 >/sys/class/leds/lamp/brightness || return
	cd /sys/bus/platform/drivers/cxx_pwm_th1520/*.pwm/pwm/pwmchip* && echo 2 >./export || return
	echo 40000 >pwm2/period
	echo 10000 >pwm2/duty_cycle
	echo 1 >pwm2/enable
	echo 2 >./unexport
}
