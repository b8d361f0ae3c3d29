/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/uaccess.h> for <kernel/memory/uaccess.hpp> */

#include <linux/uaccess.h>

/* __user; inline in any case, so that a size that is a constant is checked by the compiler, as in C */
static __always_inline unsigned long kcxx_copy_from_user(void *to, unsigned long from,
							 unsigned long size)
{
	return copy_from_user(to, (const void __user *)from, size);
}

/* __user; likewise */
static __always_inline unsigned long kcxx_copy_to_user(unsigned long to, const void *from,
						       unsigned long size)
{
	return copy_to_user((void __user *)to, from, size);
}
