/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/dcache.h> for <kernel/fs/dentry.hpp> and <kernel/fs/directory.hpp> */

#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/stringhash.h>
#include <linux/version.h>

static inline const unsigned char *kcxx_dentry_name(const struct dentry *dentry,
						    unsigned long *size)
{
	*size = dentry->d_name.len;
	return dentry->d_name.name;
}

static inline struct inode *kcxx_d_inode(const struct dentry *dentry)
{
	return d_inode(dentry);
}

static inline void kcxx_entry_added(struct inode *dir, const struct inode *inode)
{
	if (S_ISDIR(inode->i_mode))
		inc_nlink(dir);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	inode_set_mtime_to_ts(dir, inode_set_ctime_current(dir));
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	dir->i_mtime = inode_set_ctime_current(dir);
#else
	dir->i_mtime = dir->i_ctime = current_time(dir);
#endif
}

/*
 * Attaches an inode to a name that was looked up. The reference keeps the name in the dcache,
 * the only place that has it.
 */
static inline void kcxx_d_instantiate(struct inode *dir, struct dentry *dentry, struct inode *inode)
{
	d_instantiate(dentry, inode);
	dget(dentry);
	kcxx_entry_added(dir, inode);
}

/* Returns a new name in a directory that user space does not reach yet, or an ERR_PTR() */
static inline struct dentry *kcxx_d_alloc(struct dentry *parent, const char *name,
					  unsigned long size)
{
	struct qstr entry;
	struct dentry *dentry;

	if (size > NAME_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	entry.name = (const unsigned char *)name;
	entry.len = size;
	entry.hash = full_name_hash(parent, name, size);
	dentry = d_lookup(parent, &entry);
	if (dentry) {
		dput(dentry);
		return ERR_PTR(-EEXIST);
	}
	dentry = d_alloc(parent, &entry);
	return dentry ? dentry : ERR_PTR(-ENOMEM);
}

/* Attaches an inode to a name from kcxx_d_alloc(), whose reference keeps the name */
static inline void kcxx_d_add(struct inode *dir, struct dentry *dentry, struct inode *inode)
{
	d_add(dentry, inode);
	kcxx_entry_added(dir, inode);
}

static inline void kcxx_dput(struct dentry *dentry)
{
	dput(dentry);
}
