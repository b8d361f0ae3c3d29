#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: sets a channel by the files of the chip, and others by the drivers of a lamp and of a fan. Then unbinds the chip,
# and reads its registers, which are memory and stay as they are.

set -e
chip=/sys/bus/platform/drivers/cxx_pwm_th1520
cd $chip/4f000000.pwm/pwm/pwmchip*
echo "the chip has $(cat npwm) channels"
echo 2 >./export
echo 40000 >pwm2/period
echo 10000 >pwm2/duty_cycle
echo inversed >pwm2/polarity
echo 1 >pwm2/enable
echo 2 >./unexport
echo 2 >./export # the state is read from the chip
echo "channel 2: $(cat pwm2/period pwm2/duty_cycle pwm2/polarity pwm2/enable | tr '\n' ' ')"
echo 2 >./unexport

until fan=$(ls /sys/bus/platform/devices/fan/hwmon/hwmon*/pwm1 2>/dev/null); do # until its driver, which was deferred, is bound
	sleep 0.1
done
echo 25 >/sys/class/leds/lamp/brightness
echo 128 >"$fan"
sed -n 's/^ pwm-0 .*requested /lamp: /p; s/^ pwm-1 .*requested /fan: /p' /sys/kernel/debug/pwm

cd /
echo "the rate of the clock is kept: $(cat /sys/kernel/debug/clk/clk24mhz/clk_protect_count)"
echo 4f000000.pwm >$chip/unbind
register()
{
	printf '%d' "$(devmem $((0x4f000000 + $1)) 32)"
}
for channel in 0 1 2; do
	at=$((channel * 32))
	echo "registers of channel $channel: $(register $((at + 12))) of $(register $((at + 8))) cycles, control $(register $at)"
done
echo "the rate of the clock is kept: $(cat /sys/kernel/debug/clk/clk24mhz/clk_protect_count)"
[ ! -e /sys/class/leds/lamp ] && echo "the lamp has ended"
