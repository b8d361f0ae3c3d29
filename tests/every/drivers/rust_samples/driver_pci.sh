# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the driver has no files of its own

use()
{
	cat /sys/bus/pci/drivers/cxx_driver_pci/0000:*/config
}
