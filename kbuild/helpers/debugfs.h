/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/debugfs.hpp> */

#include <linux/dcache.h>
#include <linux/debugfs.h>
#include <linux/fs.h>

/* A macro since 6.14 */
static inline struct dentry *kcxx_debugfs_create_file(const char *name, unsigned short mode,
						      struct dentry *parent, void *data,
						      const struct file_operations *operations)
{
	return debugfs_create_file(name, mode, parent, data, operations);
}

static inline void kcxx_debugfs_keep(struct dentry *entry)
{
	dget(entry);
}

/* An entry whose folder is removed is out of the tree already, which debugfs_remove() allows. */
static inline void kcxx_debugfs_end(struct dentry *entry)
{
	debugfs_remove(entry);
	dput(entry);
}
