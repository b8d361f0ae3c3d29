/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/refcount.h> for <kernel/sync/refcount.hpp> */

#include <linux/refcount.h>

/* Ordered like the last refcount_dec_and_test(): the caller may write to the object now. */
static inline bool kcxx_refcount_is_one(refcount_t *count)
{
	if (refcount_read(count) != 1)
		return false;
	smp_acquire__after_ctrl_dep();
	return true;
}
