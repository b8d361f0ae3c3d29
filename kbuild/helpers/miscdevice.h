/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/miscdevice.h> for <kernel/fs/miscdevice.hpp> */

#include <linux/miscdevice.h>

static inline int kcxx_misc_register(struct miscdevice *misc, const char *name,
				     const struct file_operations *operations, unsigned short mode)
{
	misc->minor = MISC_DYNAMIC_MINOR;
	misc->name = name;
	misc->fops = operations;
	misc->mode = mode;
	return misc_register(misc);
}

static inline void kcxx_misc_deregister(struct miscdevice *misc)
{
	misc_deregister(misc);
}

static inline unsigned int kcxx_misc_minor(const struct miscdevice *misc)
{
	return misc->minor;
}
