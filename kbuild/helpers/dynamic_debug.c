// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/dynamic_debug.h> for <kernel/dynamic_debug.hpp> */

#include <linux/dynamic_debug.h>

bool kcxx_dynamic_debug_is_on(const struct _ddebug *descriptor);
bool kcxx_dynamic_debug_is_on(const struct _ddebug *descriptor)
{
	return descriptor->flags & _DPRINTK_FLAGS_PRINT;
}
