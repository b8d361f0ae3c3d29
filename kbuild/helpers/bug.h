/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/bug.h> for runtime/bug.cc: BUG() is a macro. */

#include <linux/bug.h>

/* A macro */
static inline void kcxx_BUG(void)
{
	BUG();
}
