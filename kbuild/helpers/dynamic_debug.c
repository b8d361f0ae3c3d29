// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/dynamic_debug.h> for <kernel/dynamic_debug.hpp> */

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/dynamic_debug.h>

bool kcxx_dynamic_debug_is_on(const struct _ddebug *descriptor);
bool kcxx_dynamic_debug_is_on(const struct _ddebug *descriptor)
{
	return descriptor->flags & _DPRINTK_FLAGS_PRINT;
}

#ifdef CONFIG_DYNAMIC_DEBUG
static_assert(__same_type(__dynamic_pr_debug, void(struct _ddebug *, const char *, ...)));
static_assert(__same_type(__dynamic_dev_dbg,
			  void(struct _ddebug *, const struct device *, const char *, ...)));
#endif
