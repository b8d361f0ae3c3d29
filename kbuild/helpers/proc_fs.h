/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/proc_fs.hpp> */

#include <linux/fs.h>
#include <linux/proc_fs.h>

/* A macro on kernels without CONFIG_PROC_FS */
static inline struct proc_dir_entry *kcxx_proc_create_data(const char *name, unsigned short mode,
							   const struct proc_ops *operations,
							   void *data)
{
	return proc_create_data(name, mode, NULL, operations, data);
}
