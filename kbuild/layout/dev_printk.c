// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * <kernel/dev_printk.hpp> calls these functions itself, as <kernel/printk.hpp> calls _printk().
 * These assertions compare its declarations with the kernel's own.
 */

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/dev_printk.h>

static_assert(__same_type(_dev_printk,
			  void(const char *, const struct device *, const char *, ...)));
static_assert(__same_type(_dev_emerg, void(const struct device *, const char *, ...)));
static_assert(__same_type(_dev_alert, void(const struct device *, const char *, ...)));
static_assert(__same_type(_dev_crit, void(const struct device *, const char *, ...)));
static_assert(__same_type(_dev_err, void(const struct device *, const char *, ...)));
static_assert(__same_type(_dev_warn, void(const struct device *, const char *, ...)));
static_assert(__same_type(_dev_notice, void(const struct device *, const char *, ...)));
static_assert(__same_type(_dev_info, void(const struct device *, const char *, ...)));
