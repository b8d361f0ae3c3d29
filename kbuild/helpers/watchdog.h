/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/watchdog.h> for <kernel/watchdog.hpp> */

#include <linux/watchdog.h>

static const unsigned int KCXX_WDIOF_SETTIMEOUT = WDIOF_SETTIMEOUT;
static const unsigned int KCXX_WDIOF_MAGICCLOSE = WDIOF_MAGICCLOSE;
static const unsigned int KCXX_WDIOF_KEEPALIVEPING = WDIOF_KEEPALIVEPING;
static const unsigned int KCXX_WDIOF_CARDRESET = WDIOF_CARDRESET;
static const _Bool KCXX_WATCHDOG_NOWAYOUT = WATCHDOG_NOWAYOUT;

/* Bits of the status, which the kernel changes by atomic functions later */
static inline void kcxx_watchdog_set_flags(struct watchdog_device *wdd, _Bool nowayout,
					   _Bool stop_on_reboot)
{
	watchdog_set_nowayout(wdd, nowayout);
	if (stop_on_reboot)
		watchdog_stop_on_reboot(wdd);
	watchdog_stop_on_unregister(wdd);
}
