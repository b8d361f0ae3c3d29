# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the files in debugfs

use()
{
	cd /sys/kernel/debug/sample_debugfs && cat compatible counter && echo 5 6 >pair
}
