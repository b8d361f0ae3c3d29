// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * <kernel/printk.hpp> calls _printk() itself: a variadic function has no
 * wrapper that compilers could check formats through. Here the kernel's own
 * declaration is held against the one made there.
 */

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/printk.h>

static_assert(__same_type(_printk, int(const char *, ...)));
