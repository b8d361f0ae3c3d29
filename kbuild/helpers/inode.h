/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/fs.h> and <linux/pagemap.h> for <kernel/fs/inode.hpp> */

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/stat.h>
#include <linux/user_namespace.h>
#include <linux/version.h>

static const int KCXX_S_IFDIR = S_IFDIR;
static const int KCXX_S_IFREG = S_IFREG;
static const int KCXX_S_IFLNK = S_IFLNK;
static const unsigned long KCXX_SIZEOF_INODE_OPERATIONS = sizeof(struct inode_operations);
static const unsigned long KCXX_ALIGNOF_INODE_OPERATIONS = __alignof__(struct inode_operations);
static const unsigned long KCXX_INODE_OPERATIONS_LOOKUP = offsetof(struct inode_operations, lookup);
static const unsigned long KCXX_INODE_OPERATIONS_CREATE = offsetof(struct inode_operations, create);
static const unsigned long KCXX_INODE_OPERATIONS_LINK = offsetof(struct inode_operations, link);
static const unsigned long KCXX_INODE_OPERATIONS_UNLINK = offsetof(struct inode_operations, unlink);
static const unsigned long KCXX_INODE_OPERATIONS_SYMLINK =
	offsetof(struct inode_operations, symlink);
static const unsigned long KCXX_INODE_OPERATIONS_MKDIR = offsetof(struct inode_operations, mkdir);
static const unsigned long KCXX_INODE_OPERATIONS_RMDIR = offsetof(struct inode_operations, rmdir);
static const unsigned long KCXX_INODE_OPERATIONS_RENAME = offsetof(struct inode_operations, rename);
static const unsigned long KCXX_INODE_OPERATIONS_SETATTR =
	offsetof(struct inode_operations, setattr);
static const unsigned long KCXX_INODE_OPERATIONS_GETATTR =
	offsetof(struct inode_operations, getattr);
static const unsigned long KCXX_FILE_OPERATIONS_FSYNC = offsetof(struct file_operations, fsync);

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#include <linux/mnt_idmapping.h>
typedef struct mnt_idmap kcxx_mount_idmap;
#define KCXX_NOP_IDMAP (&nop_mnt_idmap)
#else
typedef struct user_namespace kcxx_mount_idmap;
#define KCXX_NOP_IDMAP (&init_user_ns)
#endif

/* The return type of mkdir(): an errno; in newer kernels another dentry, an ERR_PTR() or NULL */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0)
typedef struct dentry *kcxx_made_directory;

static inline kcxx_made_directory kcxx_made_directory_or(int error)
{
	return ERR_PTR(error);
}
#else
typedef int kcxx_made_directory;

static inline kcxx_made_directory kcxx_made_directory_or(int error)
{
	return error;
}
#endif

static inline void kcxx_init_times(struct inode *inode)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	simple_inode_init_ts(inode);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	inode->i_atime = inode->i_mtime = inode_set_ctime_current(inode);
#else
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
#endif
}

/* Returns an inode that owns @object, which may be NULL; without @dir, the inode of a root */
static inline struct inode *kcxx_new_inode(struct super_block *sb, kcxx_mount_idmap *idmap,
					   const struct inode *dir, unsigned short mode,
					   const struct inode_operations *operations,
					   const struct file_operations *files, void *object)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_ino = get_next_ino();
	inode_init_owner(idmap ? idmap : KCXX_NOP_IDMAP, inode, dir, mode);
	inode->i_mapping->a_ops = &ram_aops;
	mapping_set_gfp_mask(inode->i_mapping, GFP_HIGHUSER);
	mapping_set_unevictable(inode->i_mapping);
	kcxx_init_times(inode);
	if (operations)
		inode->i_op = operations;
	if (files)
		inode->i_fop = files;
	inode->i_private = object;
	if (S_ISDIR(mode))
		inc_nlink(inode);
	return inode;
}

/* Makes an inode a symbolic link, whose target is in its page cache */
static inline int kcxx_page_symlink(struct inode *inode, const char *target, unsigned long size)
{
	inode->i_op = &page_symlink_inode_operations;
	inode_nohighmem(inode);
	return page_symlink(inode, target, size);
}

static inline void kcxx_iput(struct inode *inode)
{
	iput(inode);
}

/* Ends an inode, and returns the object that it owned */
static inline void *kcxx_evict_inode(struct inode *inode)
{
	void *object = inode->i_private;

	truncate_inode_pages_final(&inode->i_data);
	clear_inode(inode);
	inode->i_private = NULL;
	return object;
}

static inline const struct inode_operations *kcxx_inode_operations(const struct inode *inode)
{
	return inode->i_op;
}

static inline struct super_block *kcxx_inode_super_block(const struct inode *inode)
{
	return inode->i_sb;
}

static inline struct inode *kcxx_path_inode(const struct path *path)
{
	return d_inode(path->dentry);
}

static inline void kcxx_getattr(kcxx_mount_idmap *idmap, const struct path *path,
				struct kstat *stat, unsigned int mask, long long size)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	generic_fillattr(idmap, mask, d_inode(path->dentry), stat);
#else
	generic_fillattr(idmap, d_inode(path->dentry), stat);
#endif
	stat->size = size;
	stat->blocks = DIV_ROUND_UP(size, 512);
}

/* Checks whether the change is permitted. *size becomes the new size, or -1 if the size stays. */
static inline int kcxx_setattr_prepare(kcxx_mount_idmap *idmap, struct dentry *dentry,
				       struct iattr *attr, long long *size)
{
	*size = attr->ia_valid & ATTR_SIZE ? attr->ia_size : -1;
	return setattr_prepare(idmap, dentry, attr);
}

/* A new size changes the content, and so mtime and ctime, which the kernel has filled in. */
static inline void kcxx_setattr_copy(kcxx_mount_idmap *idmap, struct inode *inode,
				     struct iattr *attr)
{
	if (attr->ia_valid & ATTR_SIZE)
		attr->ia_valid |= ATTR_MTIME | ATTR_CTIME;
	setattr_copy(idmap, inode, attr);
}
