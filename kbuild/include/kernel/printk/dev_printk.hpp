// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Messages of a device in the kernel log. C API: <linux/dev_printk.h>.
///
/// Like the pr_*() of <kernel/printk/printk.hpp>, with the driver's and the device's name before
/// the text. The device is a struct device *, not null. Context: any.

#pragma once

#include <generated/bindings/printk/dev_printk.hpp>
#include <kernel/printk/dynamic_debug.hpp>
#include <kernel/printk/printk.hpp>

/// Stands before every format: empty, unless it is defined before including any header.
#ifndef dev_fmt
#define dev_fmt(format) format
#endif

namespace kernel::detail
{

// SAFETY, of all here: the caller's device lives, and a text with braces is translated for the
// types of its arguments.

using bindings::_dev_alert;
using bindings::_dev_crit;
using bindings::_dev_emerg;
using bindings::_dev_err;
using bindings::_dev_info;
using bindings::_dev_notice;
using bindings::_dev_warn;

/// A function of the kernel's that takes a format with braces in place of C's
#define KCXX_DEV_TAKES_BRACES(function)                                                            \
	template <typename Literal, typename... T>                                                 \
	[[gnu::always_inline]] inline void function(const ::device *dev, Braces<Literal> format,   \
						    const T &...arguments)                         \
	{                                                                                          \
		call_formatted(format,                                                             \
			       KCXX_FORMATTED_CALL(text, values,                                   \
						   bindings::function(dev, text, values...)),      \
			       arguments...);                                                      \
	}

KCXX_DEV_TAKES_BRACES(_dev_emerg)
KCXX_DEV_TAKES_BRACES(_dev_alert)
KCXX_DEV_TAKES_BRACES(_dev_crit)
KCXX_DEV_TAKES_BRACES(_dev_err)
KCXX_DEV_TAKES_BRACES(_dev_warn)
KCXX_DEV_TAKES_BRACES(_dev_notice)
KCXX_DEV_TAKES_BRACES(_dev_info)
#undef KCXX_DEV_TAKES_BRACES

} // namespace kernel::detail

// SAFETY, of all below: the caller's device lives, and the compiler checks the format.

/// Logs at KERN_EMERG, with the names of the driver and the device
#define dev_emerg(dev, format, ...)                                                                \
	::kernel::detail::_dev_emerg(dev,                                                          \
				     KCXX_FORMATTED(dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__))
/// Logs at KERN_ALERT, with the names of the driver and the device
#define dev_alert(dev, format, ...)                                                                \
	::kernel::detail::_dev_alert(dev,                                                          \
				     KCXX_FORMATTED(dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__))
/// Logs at KERN_CRIT, with the names of the driver and the device
#define dev_crit(dev, format, ...)                                                                 \
	::kernel::detail::_dev_crit(dev, KCXX_FORMATTED(dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__))
/// Logs at KERN_ERR, with the names of the driver and the device
#define dev_err(dev, format, ...)                                                                  \
	::kernel::detail::_dev_err(dev, KCXX_FORMATTED(dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__))
/// Logs at KERN_WARNING, with the names of the driver and the device
#define dev_warn(dev, format, ...)                                                                 \
	::kernel::detail::_dev_warn(dev, KCXX_FORMATTED(dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__))
/// Logs at KERN_NOTICE, with the names of the driver and the device
#define dev_notice(dev, format, ...)                                                               \
	::kernel::detail::_dev_notice(dev,                                                         \
				      KCXX_FORMATTED(dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__))
/// Logs at KERN_INFO, with the names of the driver and the device
#define dev_info(dev, format, ...)                                                                 \
	::kernel::detail::_dev_info(dev, KCXX_FORMATTED(dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__))

/// Like pr_debug()
#define dev_dbg(dev, format, ...) KCXX_DEV_DBG(true, dev, format __VA_OPT__(, ) __VA_ARGS__)

namespace kernel::detail
{

#if defined(KCXX_DYNAMIC_DEBUG)
using bindings::__dynamic_dev_dbg;

/// A format with braces in place of C's
template <typename Literal, typename... T>
[[gnu::always_inline]] inline void __dynamic_dev_dbg(struct _ddebug *descriptor,
						     const ::device *dev, Braces<Literal> format,
						     const T &...arguments)
{
	call_formatted(
		format,
		KCXX_FORMATTED_CALL(text, values,
				    bindings::__dynamic_dev_dbg(descriptor, dev, text, values...)),
		arguments...);
}
#else
using bindings::_dev_printk;

/// A format with braces in place of C's
template <typename Literal, typename... T>
[[gnu::always_inline]] inline void _dev_printk(const char *level, const ::device *dev,
					       Braces<Literal> format, const T &...arguments)
{
	call_formatted(format,
		       KCXX_FORMATTED_CALL(text, values,
					   bindings::_dev_printk(level, dev, text, values...)),
		       arguments...);
}
#endif

} // namespace kernel::detail

#if defined(KCXX_DYNAMIC_DEBUG)
// SAFETY: the descriptor is one that the kernel knows, for it lies in its section.
#define KCXX_DEV_DBG(condition, dev, format, ...)                                                  \
	do {                                                                                       \
		struct _ddebug *kcxx_descriptor = KCXX_DDEBUG_DESCRIPTOR(dev_fmt(format));         \
		if ((kcxx_descriptor->flags & ::kernel::bindings::kcxx_ddebug_print) != 0 &&       \
		    (condition)) [[unlikely]]                                                      \
			::kernel::detail::__dynamic_dev_dbg(                                       \
				kcxx_descriptor, dev,                                              \
				KCXX_FORMATTED(dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__));       \
	} while (false)
#elif defined(DEBUG)
#define KCXX_DEV_DBG(condition, dev, format, ...)                                                  \
	do {                                                                                       \
		if (condition)                                                                     \
			::kernel::detail::_dev_printk(                                             \
				KERN_DEBUG, dev,                                                   \
				KCXX_FORMATTED(dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__));       \
	} while (false)
#else
#define KCXX_DEV_DBG(condition, dev, format, ...)                                                  \
	do {                                                                                       \
		if (false && (condition))                                                          \
			::kernel::detail::_dev_printk(                                             \
				KERN_DEBUG, dev,                                                   \
				KCXX_FORMATTED(dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__));       \
	} while (false)
#endif

/// dev_emerg(), once for each place in the source
#define dev_emerg_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, dev_emerg(__VA_ARGS__))
/// dev_alert(), once for each place in the source
#define dev_alert_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, dev_alert(__VA_ARGS__))
/// dev_crit(), once for each place in the source
#define dev_crit_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, dev_crit(__VA_ARGS__))
/// dev_err(), once for each place in the source
#define dev_err_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, dev_err(__VA_ARGS__))
/// dev_warn(), once for each place in the source
#define dev_warn_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, dev_warn(__VA_ARGS__))
/// dev_notice(), once for each place in the source
#define dev_notice_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, dev_notice(__VA_ARGS__))
/// dev_info(), once for each place in the source
#define dev_info_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, dev_info(__VA_ARGS__))
/// dev_dbg(), once for each place in the source
#define dev_dbg_once(...) KCXX_DEV_DBG(KCXX_FIRST_TIME, __VA_ARGS__)

/// dev_emerg(), at most 10 times in 5 seconds for each place in the source
#define dev_emerg_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, dev_emerg(__VA_ARGS__))
/// dev_alert(), at most 10 times in 5 seconds for each place in the source
#define dev_alert_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, dev_alert(__VA_ARGS__))
/// dev_crit(), at most 10 times in 5 seconds for each place in the source
#define dev_crit_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, dev_crit(__VA_ARGS__))
/// dev_err(), at most 10 times in 5 seconds for each place in the source
#define dev_err_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, dev_err(__VA_ARGS__))
/// dev_warn(), at most 10 times in 5 seconds for each place in the source
#define dev_warn_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, dev_warn(__VA_ARGS__))
/// dev_notice(), at most 10 times in 5 seconds for each place in the source
#define dev_notice_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, dev_notice(__VA_ARGS__))
/// dev_info(), at most 10 times in 5 seconds for each place in the source
#define dev_info_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, dev_info(__VA_ARGS__))
/// dev_dbg(), at most 10 times in 5 seconds for each place in the source
#define dev_dbg_ratelimited(...) KCXX_DEV_DBG(KCXX_NOT_TOO_OFTEN, __VA_ARGS__)
