# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: one of its users has the watchdog at a time, pings it, and closes it orderly

use()
{
	exec 3>/dev/watchdog0 && echo >&3 && printf V >&3
}
