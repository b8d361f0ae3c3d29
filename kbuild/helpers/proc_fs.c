// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/proc_fs.h> for <kernel/proc_fs.hpp> */

#include <linux/fs.h>
#include <linux/proc_fs.h>

struct proc_dir_entry *kcxx_proc_create_data(const char *name, unsigned short mode,
					     const struct proc_ops *operations, void *data);
struct proc_dir_entry *kcxx_proc_create_data(const char *name, unsigned short mode,
					     const struct proc_ops *operations, void *data)
{
	return proc_create_data(name, mode, NULL, operations, data);
}

void kcxx_proc_remove(struct proc_dir_entry *entry);
void kcxx_proc_remove(struct proc_dir_entry *entry)
{
	proc_remove(entry);
}

void *kcxx_pde_data(const struct inode *inode);
void *kcxx_pde_data(const struct inode *inode)
{
	return pde_data(inode);
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
