#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: takes the chip from the kernel's own driver, drives a line, and lets an interrupt come when a line that was
# driven high is let go.

set -e
cd /sys/bus/amba
device=$(cd drivers/pl061_gpio && echo *.pl061)
echo "$device" >drivers/pl061_gpio/unbind
echo pl061 >"devices/$device/driver_override"
echo "$device" >drivers/pl061/bind
cd "devices/$device/gpio"/gpiochip*
echo "$(cat label) has $(cat ngpio) lines"

base=$(cat base)
line=/sys/class/gpio/gpio$((base + 5))
echo $((base + 5)) >/sys/class/gpio/export
echo high >"$line/direction"
echo "driven: $(cat "$line/direction") $(cat "$line/value")"
echo low >"$line/direction"
echo "driven: $(cat "$line/direction") $(cat "$line/value")"

echo in >"$line/direction"
echo rising >"$line/edge" # the kernel requests the line's interrupt
echo none >"$line/edge"
echo high >"$line/direction"
echo in >"$line/direction"
echo rising >"$line/edge"
echo "interrupts: $(awk '/pl061 +5 Edge/ { print $2 }' /proc/interrupts)"
echo none >"$line/edge"

echo $((base + 5)) >/sys/class/gpio/unexport
echo "$device" >/sys/bus/amba/drivers/pl061/unbind
[ ! -e "$PWD/base" ] && echo "the lines have ended"
