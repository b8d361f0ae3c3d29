#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: i2c-stub is a chip at address 0x60, whose registers show what the driver writes. Each register for four LEDs
# begins as the chip's own does: all are off.

set -e
for register in 0x16 0x17 0x18 0x19; do
	i2cset -y 0 0x60 $register 0x55
done
echo pca9552 0x60 >/sys/bus/i2c/devices/i2c-0/new_device
cd /sys/class/leds
echo "LEDs: $(echo pca9552:* | wc -w)"
echo 255 >pca9552:led5/brightness
echo "led5 is lit: $(i2cget -f -y 0 0x60 0x17)"
echo 55 >pca9552:led7/brightness
echo "led7 is dimmed: $(i2cget -f -y 0 0x60 0x17), off for $(i2cget -f -y 0 0x60 0x13)"
echo 0x60 >/sys/bus/i2c/devices/i2c-0/delete_device
echo "LEDs go off with their device: $(i2cget -f -y 0 0x60 0x17)"
