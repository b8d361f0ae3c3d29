#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: i2c-stub is a chip at address 0x48, which gets a temperature of 25.5 degrees. The driver wakes it, reads it, and
# sets a limit, which is read from the chip. A limit that is changed behind the driver's back stays what the cache has.

set -e
i2cset -y 0 0x48 0 0x8019 w # the chip sends its high byte first, and SMBus reads the low byte first
i2cset -y 0 0x48 1 0x0001 w
cd /sys/bus/i2c/devices/i2c-0
echo cxx_tmp105 0x48 >new_device
echo "configuration: $(i2cget -f -y 0 0x48 1 w)"
cd 0-0048/hwmon/hwmon*
echo "$(cat name): $(cat temp1_input)"
echo -12250 >temp1_min
echo "limit: $(cat temp1_min), $(i2cget -f -y 0 0x48 2 w) in the chip"
i2cset -f -y 0 0x48 2 0 w
echo "limit: $(cat temp1_min), $(i2cget -f -y 0 0x48 2 w) in the chip"
sed 's/^/register /' /sys/kernel/debug/regmap/0-0048/registers
