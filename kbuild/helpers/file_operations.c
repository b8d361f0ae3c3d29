// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/fs.h> for <kernel/file_operations.hpp> */

#include <linux/fs.h>
#include <linux/limits.h>

long long kcxx_vfs_setpos(struct file *file, long long offset);
long long kcxx_vfs_setpos(struct file *file, long long offset)
{
	return vfs_setpos(file, offset, LLONG_MAX);
}

/* The functions that <kernel/file_operations.hpp> puts into the table, as it declares them */
#define KCXX_IS(member, ...)                                                                       \
	static_assert(__same_type(((struct file_operations *)0)->member, __VA_ARGS__))

KCXX_IS(owner, struct module *);
KCXX_IS(llseek, long long (*)(struct file *, long long, int));
KCXX_IS(read, long (*)(struct file *, char __user *, unsigned long, long long *));
KCXX_IS(write, long (*)(struct file *, const char __user *, unsigned long, long long *));
KCXX_IS(poll, __poll_t (*)(struct file *, struct poll_table_struct *));
KCXX_IS(unlocked_ioctl, long (*)(struct file *, unsigned int, unsigned long));
KCXX_IS(compat_ioctl, long (*)(struct file *, unsigned int, unsigned long));
KCXX_IS(mmap, int (*)(struct file *, struct vm_area_struct *));
KCXX_IS(open, int (*)(struct inode *, struct file *));
KCXX_IS(release, int (*)(struct inode *, struct file *));
