/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/debugfs.hpp> */

#include <linux/debugfs.h>
#include <linux/fs.h>

/* A macro since 6.14 */
static inline struct dentry *kcxx_debugfs_create_file(const char *name, unsigned short mode,
						      struct dentry *parent, void *data,
						      const struct file_operations *operations)
{
	return debugfs_create_file(name, mode, parent, data, operations);
}
