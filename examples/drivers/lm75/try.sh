#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: i2c-stub is a chip at address 0x48, which gets a temperature of 25.5 degrees. The driver reads it, and sets
# the limit, which is read from the chip.

set -e
i2cset -y 0 0x48 0 0x8019 w # the chip sends its high byte first, and SMBus reads the low byte first
cd /sys/bus/i2c/devices/i2c-0
echo cxx_tmp105 0x48 >new_device
cd 0-0048/hwmon/hwmon*
echo "$(cat name): $(cat temp1_input)"
echo 40500 >temp1_max
echo "limit: $(cat temp1_max), $(i2cget -f -y 0 0x48 3 w) in the chip"
