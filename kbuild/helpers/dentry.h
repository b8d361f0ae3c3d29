/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/dentry.hpp> and <kernel/fs/directory.hpp> */

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/stringhash.h>
#include <linux/version.h>

/* A macro */
static const unsigned int KCXX_NAME_MAX = NAME_MAX;

/* The members with the times became functions in 6.6 and 6.7. */
static inline void kcxx_touch_directory(struct inode *dir)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	inode_set_mtime_to_ts(dir, inode_set_ctime_current(dir));
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	dir->i_mtime = inode_set_ctime_current(dir);
#else
	dir->i_mtime = dir->i_ctime = current_time(dir);
#endif
}

/* Since 6.19 a flag marks the names that the dcache alone has; until then their references did. */
static inline void kcxx_d_make_persistent(struct dentry *dentry, struct inode *inode)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
	d_make_persistent(dentry, inode);
#else
	if (d_unhashed(dentry))
		d_add(dentry, inode);
	else
		d_instantiate(dentry, inode);
	dget(dentry);
#endif
}
