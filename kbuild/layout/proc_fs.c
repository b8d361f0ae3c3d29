// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/proc_fs.h> that <kernel/proc_fs.hpp> needs */

#include <linux/build_bug.h>
#include <linux/kbuild.h>
#include <linux/proc_fs.h>

void kcxx_layout_proc_fs(void);
void kcxx_layout_proc_fs(void)
{
	COMMENT("proc_fs");
	DEFINE(KCXX_SIZEOF_PROC_OPS, sizeof(struct proc_ops));
	OFFSET(KCXX_PROC_OPS_OPEN, proc_ops, proc_open);
	OFFSET(KCXX_PROC_OPS_READ, proc_ops, proc_read);
	OFFSET(KCXX_PROC_OPS_WRITE, proc_ops, proc_write);
	OFFSET(KCXX_PROC_OPS_LSEEK, proc_ops, proc_lseek);
	OFFSET(KCXX_PROC_OPS_RELEASE, proc_ops, proc_release);
	OFFSET(KCXX_PROC_OPS_POLL, proc_ops, proc_poll);
	OFFSET(KCXX_PROC_OPS_IOCTL, proc_ops, proc_ioctl);
#ifdef CONFIG_COMPAT
	OFFSET(KCXX_PROC_OPS_COMPAT_IOCTL, proc_ops, proc_compat_ioctl);
#endif
	OFFSET(KCXX_PROC_OPS_MMAP, proc_ops, proc_mmap);
}

/* The functions that <kernel/file_operations.hpp> puts into the table, as it declares them */
#define KCXX_IS(member, ...) static_assert(__same_type(((struct proc_ops *)0)->member, __VA_ARGS__))

KCXX_IS(proc_open, int (*)(struct inode *, struct file *));
KCXX_IS(proc_read, long (*)(struct file *, char __user *, unsigned long, long long *));
KCXX_IS(proc_write, long (*)(struct file *, const char __user *, unsigned long, long long *));
KCXX_IS(proc_lseek, long long (*)(struct file *, long long, int));
KCXX_IS(proc_release, int (*)(struct inode *, struct file *));
KCXX_IS(proc_poll, __poll_t (*)(struct file *, struct poll_table_struct *));
KCXX_IS(proc_ioctl, long (*)(struct file *, unsigned int, unsigned long));
KCXX_IS(proc_mmap, int (*)(struct file *, struct vm_area_struct *));

#undef KCXX_IS
