#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In the guest: the model of the chip has 25.5 degrees. The driver reads it, and sets a limit.

set -e
cd /sys/bus/spi/devices/spi0.0/hwmon/hwmon*
echo "$(cat name): $(cat temp1_input), critical: $(cat temp1_crit)"
echo -12250 >temp1_min
echo "limit: $(cat temp1_min)"
