# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the clock is taken from the kernel's own driver

take /sys/bus/platform/drivers/goldfish_rtc/*.rtc cxx_goldfish_rtc
use()
{
	cd /sys/bus/platform/drivers/cxx_goldfish_rtc/*.rtc/rtc/rtc* || return
	cat since_epoch && hwclock --utc --rtc "/dev/${PWD##*/}" && echo 0 >wakealarm && echo +1 >wakealarm
}
