/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/proc_fs.h> for <kernel/fs/proc_fs.hpp> */

#include <linux/fs.h>
#include <linux/proc_fs.h>

static const unsigned long KCXX_SIZEOF_PROC_OPS = sizeof(struct proc_ops);
static const unsigned long KCXX_PROC_OPS_OPEN = offsetof(struct proc_ops, proc_open);
static const unsigned long KCXX_PROC_OPS_READ = offsetof(struct proc_ops, proc_read);
static const unsigned long KCXX_PROC_OPS_WRITE = offsetof(struct proc_ops, proc_write);
static const unsigned long KCXX_PROC_OPS_LSEEK = offsetof(struct proc_ops, proc_lseek);
static const unsigned long KCXX_PROC_OPS_RELEASE = offsetof(struct proc_ops, proc_release);
static const unsigned long KCXX_PROC_OPS_POLL = offsetof(struct proc_ops, proc_poll);
static const unsigned long KCXX_PROC_OPS_IOCTL = offsetof(struct proc_ops, proc_ioctl);
#ifdef CONFIG_COMPAT
static const unsigned long KCXX_PROC_OPS_COMPAT_IOCTL =
	offsetof(struct proc_ops, proc_compat_ioctl);
#endif
static const unsigned long KCXX_PROC_OPS_MMAP = offsetof(struct proc_ops, proc_mmap);

static inline struct proc_dir_entry *kcxx_proc_create_data(const char *name, unsigned short mode,
							   const struct proc_ops *operations,
							   void *data)
{
	return proc_create_data(name, mode, NULL, operations, data);
}

static inline void kcxx_proc_remove(struct proc_dir_entry *entry)
{
	proc_remove(entry);
}

static inline void *kcxx_pde_data(const struct inode *inode)
{
	return pde_data(inode);
}
