/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/rtc.h> for <kernel/rtc.hpp> */

#include <linux/device.h>
#include <linux/rtc.h>

static const unsigned long KCXX_RTC_ALARM_EVENT = RTC_AF | RTC_IRQF;
static const unsigned int KCXX_RTC_FEATURE_ALARM = RTC_FEATURE_ALARM;

/* put_device() of the class's own device frees the clock */
static inline void kcxx_rtc_get(struct rtc_device *rtc)
{
	get_device(&rtc->dev);
}

static inline void kcxx_rtc_put(struct rtc_device *rtc)
{
	put_device(&rtc->dev);
}
