// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Messages of a device in the kernel log. C API: <linux/dev_printk.h>.
///
/// Like the pr_*() of <kernel/printk/printk.hpp>, with the driver's and the device's name before
/// the text. The device is a struct device *, not null. Context: any.

#pragma once

#include <generated/kcxx-bindings.hpp>
#include <kernel/printk/dynamic_debug.hpp>
#include <kernel/printk/printk.hpp>

struct device;

/// Stands before every format: empty, unless it is defined before including any header.
#ifndef dev_fmt
#define dev_fmt(format) format
#endif

// SAFETY, of all: the device is one that the caller holds.
#define dev_emerg(dev, format, ...)                                                                \
	::kernel::bindings::_dev_emerg(dev, dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define dev_alert(dev, format, ...)                                                                \
	::kernel::bindings::_dev_alert(dev, dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define dev_crit(dev, format, ...)                                                                 \
	::kernel::bindings::_dev_crit(dev, dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define dev_err(dev, format, ...)                                                                  \
	::kernel::bindings::_dev_err(dev, dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define dev_warn(dev, format, ...)                                                                 \
	::kernel::bindings::_dev_warn(dev, dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define dev_notice(dev, format, ...)                                                               \
	::kernel::bindings::_dev_notice(dev, dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define dev_info(dev, format, ...)                                                                 \
	::kernel::bindings::_dev_info(dev, dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__)

/// Like pr_debug()
#define dev_dbg(dev, format, ...) KCXX_DEV_DBG(true, dev, format __VA_OPT__(, ) __VA_ARGS__)

#if defined(KCXX_DYNAMIC_DEBUG)
// SAFETY: the descriptor is one that the kernel knows, for it lies in its section.
#define KCXX_DEV_DBG(condition, dev, format, ...)                                                  \
	do {                                                                                       \
		struct _ddebug *kcxx_descriptor = KCXX_DDEBUG_DESCRIPTOR(dev_fmt(format));         \
		if (::kernel::bindings::kcxx_dynamic_debug_is_on(kcxx_descriptor) && (condition))  \
			[[unlikely]]                                                               \
			::kernel::bindings::__dynamic_dev_dbg(                                     \
				kcxx_descriptor, dev, dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__); \
	} while (false)
#elif defined(DEBUG)
#define KCXX_DEV_DBG(condition, dev, format, ...)                                                  \
	do {                                                                                       \
		if (condition)                                                                     \
			::kernel::bindings::_dev_printk(                                           \
				KERN_DEBUG, dev, dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__);      \
	} while (false)
#else
#define KCXX_DEV_DBG(condition, dev, format, ...)                                                  \
	do {                                                                                       \
		if (false && (condition))                                                          \
			::kernel::bindings::_dev_printk(                                           \
				KERN_DEBUG, dev, dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__);      \
	} while (false)
#endif

// Each level once for each place in the source
#define dev_emerg_once(...) KCXX_SAY_IF(KCXX_FIRST_TIME, dev_emerg(__VA_ARGS__))
#define dev_alert_once(...) KCXX_SAY_IF(KCXX_FIRST_TIME, dev_alert(__VA_ARGS__))
#define dev_crit_once(...) KCXX_SAY_IF(KCXX_FIRST_TIME, dev_crit(__VA_ARGS__))
#define dev_err_once(...) KCXX_SAY_IF(KCXX_FIRST_TIME, dev_err(__VA_ARGS__))
#define dev_warn_once(...) KCXX_SAY_IF(KCXX_FIRST_TIME, dev_warn(__VA_ARGS__))
#define dev_notice_once(...) KCXX_SAY_IF(KCXX_FIRST_TIME, dev_notice(__VA_ARGS__))
#define dev_info_once(...) KCXX_SAY_IF(KCXX_FIRST_TIME, dev_info(__VA_ARGS__))
#define dev_dbg_once(...) KCXX_DEV_DBG(KCXX_FIRST_TIME, __VA_ARGS__)

// Each level at most 10 times in 5 seconds for each place in the source
#define dev_emerg_ratelimited(...) KCXX_SAY_IF(KCXX_NOT_TOO_OFTEN, dev_emerg(__VA_ARGS__))
#define dev_alert_ratelimited(...) KCXX_SAY_IF(KCXX_NOT_TOO_OFTEN, dev_alert(__VA_ARGS__))
#define dev_crit_ratelimited(...) KCXX_SAY_IF(KCXX_NOT_TOO_OFTEN, dev_crit(__VA_ARGS__))
#define dev_err_ratelimited(...) KCXX_SAY_IF(KCXX_NOT_TOO_OFTEN, dev_err(__VA_ARGS__))
#define dev_warn_ratelimited(...) KCXX_SAY_IF(KCXX_NOT_TOO_OFTEN, dev_warn(__VA_ARGS__))
#define dev_notice_ratelimited(...) KCXX_SAY_IF(KCXX_NOT_TOO_OFTEN, dev_notice(__VA_ARGS__))
#define dev_info_ratelimited(...) KCXX_SAY_IF(KCXX_NOT_TOO_OFTEN, dev_info(__VA_ARGS__))
#define dev_dbg_ratelimited(...) KCXX_DEV_DBG(KCXX_NOT_TOO_OFTEN, __VA_ARGS__)
