/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/watchdog.h> for <kernel/watchdog.hpp> */

#include <linux/watchdog.h>

static const unsigned int KCXX_WDIOF_OVERHEAT = WDIOF_OVERHEAT;
static const unsigned int KCXX_WDIOF_FANFAULT = WDIOF_FANFAULT;
static const unsigned int KCXX_WDIOF_EXTERN1 = WDIOF_EXTERN1;
static const unsigned int KCXX_WDIOF_EXTERN2 = WDIOF_EXTERN2;
static const unsigned int KCXX_WDIOF_POWERUNDER = WDIOF_POWERUNDER;
static const unsigned int KCXX_WDIOF_CARDRESET = WDIOF_CARDRESET;
static const unsigned int KCXX_WDIOF_POWEROVER = WDIOF_POWEROVER;
static const unsigned int KCXX_WDIOF_SETTIMEOUT = WDIOF_SETTIMEOUT;
static const unsigned int KCXX_WDIOF_MAGICCLOSE = WDIOF_MAGICCLOSE;
static const unsigned int KCXX_WDIOF_PRETIMEOUT = WDIOF_PRETIMEOUT;
static const unsigned int KCXX_WDIOF_KEEPALIVEPING = WDIOF_KEEPALIVEPING;
static const _Bool KCXX_WATCHDOG_NOWAYOUT = WATCHDOG_NOWAYOUT;

/* Numbers of bits, which the kernel changes by atomic functions later */
static const unsigned int KCXX_WDOG_NO_WAY_OUT = WDOG_NO_WAY_OUT;
static const unsigned int KCXX_WDOG_STOP_ON_REBOOT = WDOG_STOP_ON_REBOOT;
static const unsigned int KCXX_WDOG_HW_RUNNING = WDOG_HW_RUNNING;
static const unsigned int KCXX_WDOG_STOP_ON_UNREGISTER = WDOG_STOP_ON_UNREGISTER;
static const unsigned int KCXX_WDOG_NO_PING_ON_SUSPEND = WDOG_NO_PING_ON_SUSPEND;

static inline _Bool kcxx_watchdog_active(struct watchdog_device *wdd)
{
	return watchdog_active(wdd);
}

/* Static in kernels without governors */
static inline void kcxx_watchdog_notify_pretimeout(struct watchdog_device *wdd)
{
	watchdog_notify_pretimeout(wdd);
}
