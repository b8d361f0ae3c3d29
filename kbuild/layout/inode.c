// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/fs.h> that <kernel/inode.hpp> needs */

#include <linux/build_bug.h>
#include <linux/fs.h>
#include <linux/kbuild.h>
#include <linux/stat.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#define KCXX_IDMAP struct mnt_idmap
#else
#define KCXX_IDMAP struct user_namespace
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0)
#define KCXX_MADE_DIRECTORY struct dentry *
#else
#define KCXX_MADE_DIRECTORY int
#endif

void kcxx_layout_inode(void);
void kcxx_layout_inode(void)
{
	COMMENT("inode");
	DEFINE(KCXX_HAS_MNT_IDMAP, LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0));
	DEFINE(KCXX_MKDIR_RETURNS_DENTRY, LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0));
	DEFINE(KCXX_S_IFDIR, S_IFDIR);
	DEFINE(KCXX_S_IFREG, S_IFREG);
	DEFINE(KCXX_S_IFLNK, S_IFLNK);
	DEFINE(KCXX_SIZEOF_INODE_OPERATIONS, sizeof(struct inode_operations));
	DEFINE(KCXX_ALIGNOF_INODE_OPERATIONS, __alignof__(struct inode_operations));
	OFFSET(KCXX_INODE_OPERATIONS_LOOKUP, inode_operations, lookup);
	OFFSET(KCXX_INODE_OPERATIONS_CREATE, inode_operations, create);
	OFFSET(KCXX_INODE_OPERATIONS_LINK, inode_operations, link);
	OFFSET(KCXX_INODE_OPERATIONS_UNLINK, inode_operations, unlink);
	OFFSET(KCXX_INODE_OPERATIONS_SYMLINK, inode_operations, symlink);
	OFFSET(KCXX_INODE_OPERATIONS_MKDIR, inode_operations, mkdir);
	OFFSET(KCXX_INODE_OPERATIONS_RMDIR, inode_operations, rmdir);
	OFFSET(KCXX_INODE_OPERATIONS_RENAME, inode_operations, rename);
	OFFSET(KCXX_INODE_OPERATIONS_SETATTR, inode_operations, setattr);
	OFFSET(KCXX_INODE_OPERATIONS_GETATTR, inode_operations, getattr);
	OFFSET(KCXX_FILE_OPERATIONS_FSYNC, file_operations, fsync);
}

/* The functions that <kernel/inode.hpp> puts into tables, as it declares them */
#define KCXX_IS(member, ...)                                                                       \
	static_assert(__same_type(((struct inode_operations *)0)->member, __VA_ARGS__))

KCXX_IS(lookup, struct dentry *(*)(struct inode *, struct dentry *, unsigned int));
KCXX_IS(create, int (*)(KCXX_IDMAP *, struct inode *, struct dentry *, unsigned short, bool));
KCXX_IS(link, int (*)(struct dentry *, struct inode *, struct dentry *));
KCXX_IS(unlink, int (*)(struct inode *, struct dentry *));
KCXX_IS(symlink, int (*)(KCXX_IDMAP *, struct inode *, struct dentry *, const char *));
KCXX_IS(mkdir,
	KCXX_MADE_DIRECTORY (*)(KCXX_IDMAP *, struct inode *, struct dentry *, unsigned short));
KCXX_IS(rmdir, int (*)(struct inode *, struct dentry *));
KCXX_IS(rename, int (*)(KCXX_IDMAP *, struct inode *, struct dentry *, struct inode *,
			struct dentry *, unsigned int));
KCXX_IS(setattr, int (*)(KCXX_IDMAP *, struct dentry *, struct iattr *));
KCXX_IS(getattr,
	int (*)(KCXX_IDMAP *, const struct path *, struct kstat *, unsigned int, unsigned int));

#undef KCXX_IS

static_assert(__same_type(((struct file_operations *)0)->fsync,
			  int (*)(struct file *, long long, long long, int)));
static_assert(__same_type(&simple_lookup, ((struct inode_operations *)0)->lookup));
static_assert(__same_type(&simple_link, ((struct inode_operations *)0)->link));
static_assert(__same_type(&simple_unlink, ((struct inode_operations *)0)->unlink));
static_assert(__same_type(&simple_rmdir, ((struct inode_operations *)0)->rmdir));
static_assert(__same_type(&simple_rename, ((struct inode_operations *)0)->rename));
static_assert(__same_type(&simple_getattr, ((struct inode_operations *)0)->getattr));
static_assert(__same_type(&simple_setattr, ((struct inode_operations *)0)->setattr));
static_assert(__same_type(&noop_fsync, ((struct file_operations *)0)->fsync));
