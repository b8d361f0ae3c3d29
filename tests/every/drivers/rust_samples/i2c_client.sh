# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the I2C device that the driver names

use()
{
	cat /sys/bus/i2c/devices/0-0030/name
}
