// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * <kernel/printk.hpp> calls _printk() itself: a variadic function has no wrapper that compilers
 * could check formats through. This assertion compares its declaration with the kernel's own.
 */

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/printk.h>

static_assert(__same_type(_printk, int(const char *, ...)));
