// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The kernel log. C API: <linux/printk.h>.
///
/// A format is the kernel's, with %d (Documentation/core-api/printk-formats.rst), or has braces
/// as std::format()'s, and <kernel/format.hpp> describes these. The compiler checks either, and
/// both cost the same: one call of the kernel's printk.
///
///     pr_info("%d of %u\n", done, total);
///     pr_info("{} of {}, {}\n", done, total, result.error());
///
/// Context: any; nothing here sleeps or allocates.

#pragma once

#include <generated/bindings/printk/printk.hpp>
#include <kernel/format/translation.hpp>
#include <kernel/printk/dynamic_debug.hpp>
#include <kernel/printk/ratelimit.hpp>

/// The beginning of every format: the module's name, as in Rust's pr_*!(). To change it, define
/// pr_fmt before including any header of kcxx.
#ifndef pr_fmt
#define pr_fmt(format) KBUILD_MODNAME ": " format
#endif

// A level is a start-of-header character and a digit: include/linux/kern_levels.h
#define KERN_EMERG "\0010"   ///< the system is unusable
#define KERN_ALERT "\0011"   ///< act at once
#define KERN_CRIT "\0012"    ///< critical conditions
#define KERN_ERR "\0013"     ///< errors
#define KERN_WARNING "\0014" ///< warnings
#define KERN_NOTICE "\0015"  ///< normal, but worth a look
#define KERN_INFO "\0016"    ///< information
#define KERN_DEBUG "\0017"   ///< debugging
#define KERN_CONT "\001c"    ///< continues the line before

/// Logs the message as it is; its level is a KERN_… before the format
#define printk(...) ::kernel::detail::_printk(KCXX_FORMATTED(__VA_ARGS__))

namespace kernel::detail
{

using bindings::_printk;

/// A format with braces in place of C's
template <typename Literal, typename... T>
[[gnu::always_inline]] inline int _printk(Braces<Literal> format, const T &...arguments)
{
	// SAFETY: the text is translated for the types of the arguments.
	return call_formatted(format,
			      KCXX_FORMATTED_CALL(text, values, bindings::_printk(text, values...)),
			      arguments...);
}

} // namespace kernel::detail

/// Logs at KERN_EMERG
#define pr_emerg(format, ...) printk(KERN_EMERG pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
/// Logs at KERN_ALERT
#define pr_alert(format, ...) printk(KERN_ALERT pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
/// Logs at KERN_CRIT
#define pr_crit(format, ...) printk(KERN_CRIT pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
/// Logs at KERN_ERR
#define pr_err(format, ...) printk(KERN_ERR pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
/// Logs at KERN_WARNING
#define pr_warn(format, ...) printk(KERN_WARNING pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
/// Logs at KERN_NOTICE
#define pr_notice(format, ...) printk(KERN_NOTICE pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
/// Logs at KERN_INFO
#define pr_info(format, ...) printk(KERN_INFO pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
/// Continues the line of the last message, without the module's name
#define pr_cont(format, ...) printk(KERN_CONT format __VA_OPT__(, ) __VA_ARGS__)

/// The message is always compiled in, and switched on through /proc/dynamic_debug/control; with
/// DEBUG defined it is on from the start. Kernels without CONFIG_DYNAMIC_DEBUG have it compiled
/// in only with DEBUG. The format is checked in any case.
#define pr_debug(format, ...) KCXX_PR_DEBUG(true, format __VA_OPT__(, ) __VA_ARGS__)

#if defined(KCXX_DYNAMIC_DEBUG)
namespace kernel::detail
{

using bindings::__dynamic_pr_debug;

/// A format with braces in place of C's
template <typename Literal, typename... T>
[[gnu::always_inline]] inline void __dynamic_pr_debug(struct _ddebug *descriptor,
						      Braces<Literal> format, const T &...arguments)
{
	// SAFETY: the descriptor is the kernel's, and the text translated for the arguments.
	call_formatted(
		format,
		KCXX_FORMATTED_CALL(text, values,
				    bindings::__dynamic_pr_debug(descriptor, text, values...)),
		arguments...);
}

} // namespace kernel::detail

// SAFETY: the descriptor is one that the kernel knows, for it lies in its section.
#define KCXX_PR_DEBUG(condition, format, ...)                                                      \
	do {                                                                                       \
		struct _ddebug *kcxx_descriptor = KCXX_DDEBUG_DESCRIPTOR(pr_fmt(format));          \
		if ((kcxx_descriptor->flags & ::kernel::bindings::kcxx_ddebug_print) != 0 &&       \
		    (condition)) [[unlikely]]                                                      \
			::kernel::detail::__dynamic_pr_debug(                                      \
				kcxx_descriptor,                                                   \
				KCXX_FORMATTED(pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__));        \
	} while (false)
#elif defined(DEBUG)
#define KCXX_PR_DEBUG(condition, format, ...)                                                      \
	do {                                                                                       \
		if (condition)                                                                     \
			printk(KERN_DEBUG pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__);              \
	} while (false)
#else
#define KCXX_PR_DEBUG(condition, format, ...)                                                      \
	do {                                                                                       \
		if (false && (condition))                                                          \
			printk(KERN_DEBUG pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__);              \
	} while (false)
#endif

/// True if this place in the source is reached for the first time
#define KCXX_FIRST_TIME                                                                            \
	__extension__({                                                                            \
		static constinit ::kernel::Once kcxx_once;                                         \
		kcxx_once.first();                                                                 \
	})

/// True if this place in the source was reached less than 10 times in 5 seconds
#define KCXX_NOT_TOO_OFTEN                                                                         \
	__extension__({                                                                            \
		static constinit ::kernel::RateLimit kcxx_limit;                                   \
		kcxx_limit.allows(__func__);                                                       \
	})

#define KCXX_PRINT_IF(condition, statement)                                                        \
	do {                                                                                       \
		if (condition)                                                                     \
			(statement);                                                               \
	} while (false)

/// pr_emerg(), once for each place in the source
#define pr_emerg_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, pr_emerg(__VA_ARGS__))
/// pr_alert(), once for each place in the source
#define pr_alert_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, pr_alert(__VA_ARGS__))
/// pr_crit(), once for each place in the source
#define pr_crit_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, pr_crit(__VA_ARGS__))
/// pr_err(), once for each place in the source
#define pr_err_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, pr_err(__VA_ARGS__))
/// pr_warn(), once for each place in the source
#define pr_warn_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, pr_warn(__VA_ARGS__))
/// pr_notice(), once for each place in the source
#define pr_notice_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, pr_notice(__VA_ARGS__))
/// pr_info(), once for each place in the source
#define pr_info_once(...) KCXX_PRINT_IF(KCXX_FIRST_TIME, pr_info(__VA_ARGS__))
/// pr_debug(), once for each place in the source
#define pr_debug_once(...) KCXX_PR_DEBUG(KCXX_FIRST_TIME, __VA_ARGS__)

// The kernel logs how many messages the next ones left out.

/// pr_emerg(), at most 10 times in 5 seconds for each place in the source
#define pr_emerg_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, pr_emerg(__VA_ARGS__))
/// pr_alert(), at most 10 times in 5 seconds for each place in the source
#define pr_alert_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, pr_alert(__VA_ARGS__))
/// pr_crit(), at most 10 times in 5 seconds for each place in the source
#define pr_crit_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, pr_crit(__VA_ARGS__))
/// pr_err(), at most 10 times in 5 seconds for each place in the source
#define pr_err_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, pr_err(__VA_ARGS__))
/// pr_warn(), at most 10 times in 5 seconds for each place in the source
#define pr_warn_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, pr_warn(__VA_ARGS__))
/// pr_notice(), at most 10 times in 5 seconds for each place in the source
#define pr_notice_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, pr_notice(__VA_ARGS__))
/// pr_info(), at most 10 times in 5 seconds for each place in the source
#define pr_info_ratelimited(...) KCXX_PRINT_IF(KCXX_NOT_TOO_OFTEN, pr_info(__VA_ARGS__))
/// pr_debug(), at most 10 times in 5 seconds for each place in the source
#define pr_debug_ratelimited(...) KCXX_PR_DEBUG(KCXX_NOT_TOO_OFTEN, __VA_ARGS__)
