# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the PWMs of soft_pwm.cc, as user space sees them

chip=$(echo /sys/bus/platform/devices/soft_pwm/pwm/pwmchip*)
behaves chip_has_its_channels [ "$(cat "$chip/npwm")" = 2 ]
echo 1 >"$chip/export"
behaves state_of_the_chip_comes_first [ "$(cat "$chip"/pwm1/period "$chip"/pwm1/duty_cycle "$chip"/pwm1/polarity | tr '\n' ' ')" = "40000 10000 inversed " ]
echo 20000 >"$chip/pwm1/duty_cycle"
echo normal >"$chip/pwm1/polarity"
echo 1 >"$chip/pwm1/enable"
behaves state_goes_to_the_chip sh -c "dmesg | grep -q 'soft_pwm: channel 1: 20000 of 40000 ns$'"
behaves state_that_the_chip_refuses_is_an_error sh -c "! echo 2000000 >$chip/pwm1/period 2>/dev/null"
behaves state_stays_after_an_error [ "$(cat "$chip/pwm1/period")" = 40000 ]
echo soft_pwm >/sys/bus/platform/drivers/soft_pwm/unbind
behaves chip_ends_with_its_device [ ! -e "$chip" ]
