#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: registers of a chip that is none, and a driver of a thermometer that takes it for one

set -e
adapter=$(grep -l 'SMBus stub' /sys/bus/i2c/devices/i2c-*/name | cut -d / -f 6)
number=${adapter#i2c-}
i2cset -y "$number" 0x48 0x10 0x42
i2cget -y "$number" 0x48 0x10
i2cset -y "$number" 0x48 0x00 0x8019 w
echo lm75 0x48 >"/sys/bus/i2c/devices/$adapter/new_device"
cd "/sys/bus/i2c/devices/$number-0048/hwmon"/hwmon*
echo "$(cat name): $(cat temp1_input)"
echo 60000 >temp1_max
cat temp1_max
echo 0x48 >"/sys/bus/i2c/devices/$adapter/delete_device"
i2cget -y "$number" 0x48 0x03 w
