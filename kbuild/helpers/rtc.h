/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/rtc.h> for <kernel/rtc.hpp> */

#include <linux/device.h>
#include <linux/rtc.h>

static const unsigned long KCXX_RTC_ALARM_EVENT = RTC_AF | RTC_IRQF;
static const unsigned int KCXX_RTC_FEATURE_ALARM = RTC_FEATURE_ALARM;
static const unsigned int KCXX_RTC_FEATURE_ALARM_RES_MINUTE = RTC_FEATURE_ALARM_RES_MINUTE;
static const unsigned int KCXX_RTC_FEATURE_ALARM_RES_2S = RTC_FEATURE_ALARM_RES_2S;
static const unsigned int KCXX_RTC_FEATURE_UPDATE_INTERRUPT = RTC_FEATURE_UPDATE_INTERRUPT;
static const unsigned int KCXX_RTC_FEATURE_ALARM_WAKEUP_ONLY = RTC_FEATURE_ALARM_WAKEUP_ONLY;

static inline void kcxx_rtc_set_feature(struct rtc_device *rtc, unsigned int feature, _Bool has)
{
	if (has)
		set_bit(feature, rtc->features);
	else
		clear_bit(feature, rtc->features);
}

/* put_device() of the class's own device frees the clock */
static inline void kcxx_rtc_get(struct rtc_device *rtc)
{
	get_device(&rtc->dev);
}

static inline void kcxx_rtc_put(struct rtc_device *rtc)
{
	put_device(&rtc->dev);
}

/*
 * The kernel itself removes the files of a clock with the lock that a reader of them takes, and waits for the reader, which
 * waits for the lock. Before that, they are removed without the lock. A reader of /proc/driver/rtc, which the first clock has
 * alone, can still meet the fault.
 */
static inline void kcxx_rtc_remove_files(struct rtc_device *rtc)
{
	device_remove_groups(&rtc->dev, rtc->dev.groups);
	rtc->dev.groups = NULL;
}
