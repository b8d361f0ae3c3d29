// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The kernel log. C API: <linux/printk.h>.
///
/// Formats are the kernel's (Documentation/core-api/printk-formats.rst) and are
/// checked by the compiler. Context: any; nothing here sleeps or allocates.

#pragma once

extern "C" [[gnu::format(printf, 1, 2)]] int _printk(const char *format, ...);

/// Put before every format: the module's name, as in Rust's pr_*!(). To change
/// it, define pr_fmt before including any header of kcxx.
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
#define KERN_CONT "\001c"    ///< goes on with the line before

#define printk(format, ...) _printk(format __VA_OPT__(, ) __VA_ARGS__)

#define pr_emerg(format, ...) printk(KERN_EMERG pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define pr_alert(format, ...) printk(KERN_ALERT pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define pr_crit(format, ...) printk(KERN_CRIT pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define pr_err(format, ...) printk(KERN_ERR pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define pr_warn(format, ...) printk(KERN_WARNING pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define pr_notice(format, ...) printk(KERN_NOTICE pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define pr_info(format, ...) printk(KERN_INFO pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#define pr_cont(format, ...) printk(KERN_CONT format __VA_OPT__(, ) __VA_ARGS__)

/// Compiled in only with DEBUG defined; the format is checked all the same.
#ifdef DEBUG
#define pr_debug(format, ...) printk(KERN_DEBUG pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__)
#else
#define pr_debug(format, ...)                                                                      \
	do {                                                                                       \
		if (false)                                                                         \
			printk(KERN_DEBUG pr_fmt(format) __VA_OPT__(, ) __VA_ARGS__);              \
	} while (false)
#endif
