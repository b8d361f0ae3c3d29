# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the parts of the device, which come and go with the whole

use()
{
	cat /sys/bus/auxiliary/drivers/cxx_driver_auxiliary*/cxx_driver_auxiliary.auxiliary.1/uevent
}
