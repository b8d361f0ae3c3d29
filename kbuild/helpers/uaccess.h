/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/uaccess.h> for <kernel/memory/uaccess.hpp> */

#include <linux/uaccess.h>
#include <linux/version.h>

/* __user */
static inline unsigned long kcxx_copy_from_user(void *to, unsigned long from, unsigned long size)
{
	return copy_from_user(to, (const void __user *)from, size);
}

/* __user */
static inline unsigned long kcxx_copy_to_user(unsigned long to, const void *from,
					      unsigned long size)
{
	return copy_to_user((void __user *)to, from, size);
}

/*
 * copy_from_user() and copy_to_user() without check_object_size(), for callers whose size is a
 * constant. Where the kernel exports these functions, C++ calls the exported ones.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#define _inline_copy_from_user _copy_from_user
#define _inline_copy_to_user _copy_to_user
#endif

static inline unsigned long kcxx__copy_from_user(void *to, unsigned long from, unsigned long size)
{
	return _inline_copy_from_user(to, (const void __user *)from, size);
}

static inline unsigned long kcxx__copy_to_user(unsigned long to, const void *from,
					       unsigned long size)
{
	return _inline_copy_to_user((void __user *)to, from, size);
}
