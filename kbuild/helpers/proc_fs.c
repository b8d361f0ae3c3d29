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
