# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: i2c-stub is the chip; the driver has no files of its own

name_client cxx_driver_i2c 0x30
use()
{
	cat /sys/bus/i2c/drivers/cxx_driver_i2c/0-0030/name
}
