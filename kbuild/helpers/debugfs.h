/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/debugfs.h> for <kernel/fs/debugfs.hpp> */

#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/fs.h>

/* Returns NULL on failure; *error distinguishes a missing debugfs from other errors */
static inline struct dentry *kcxx_debugfs_create_dir(const char *name, int *error)
{
	struct dentry *entry = debugfs_create_dir(name, NULL);

	*error = PTR_ERR_OR_ZERO(entry);
	return IS_ERR(entry) ? NULL : entry;
}

static inline struct dentry *kcxx_debugfs_create_file(const char *name, unsigned short mode,
						      struct dentry *parent, void *data,
						      const struct file_operations *operations,
						      int *error)
{
	struct dentry *entry = debugfs_create_file(name, mode, parent, data, operations);

	*error = PTR_ERR_OR_ZERO(entry);
	return IS_ERR(entry) ? NULL : entry;
}

static inline void kcxx_debugfs_remove(struct dentry *entry)
{
	debugfs_remove(entry);
}
