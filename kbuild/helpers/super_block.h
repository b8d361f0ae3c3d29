/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/fs.h> and <linux/statfs.h> for <kernel/fs/super_block.hpp> */

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/statfs.h>

static const unsigned long KCXX_SIZEOF_SUPER_OPERATIONS = sizeof(struct super_operations);
static const unsigned long KCXX_SUPER_OPERATIONS_EVICT_INODE =
	offsetof(struct super_operations, evict_inode);
static const unsigned long KCXX_SUPER_OPERATIONS_STATFS = offsetof(struct super_operations, statfs);

static inline void kcxx_super_block_init(struct super_block *sb,
					 const struct super_operations *operations,
					 unsigned long magic, void *mounted)
{
	sb->s_op = operations;
	sb->s_magic = magic;
	sb->s_fs_info = mounted;
	sb->s_maxbytes = MAX_LFS_FILESIZE;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_time_gran = 1;
}

static inline void *kcxx_super_block_private(const struct super_block *sb)
{
	return sb->s_fs_info;
}

static inline struct super_block *kcxx_dentry_super_block(const struct dentry *dentry)
{
	return dentry->d_sb;
}

/* Takes over @inode, even on failure */
static inline struct dentry *kcxx_make_root(struct super_block *sb, struct inode *inode)
{
	sb->s_root = d_make_root(inode);
	return sb->s_root;
}

/* The superblock may be filled, filled in part, or not filled */
static inline void kcxx_kill_litter_super(struct super_block *sb)
{
	kill_litter_super(sb);
}

static inline void kcxx_statfs(struct kstatfs *to, unsigned long long blocks,
			       unsigned long long free_blocks, unsigned long long files,
			       unsigned long long free_files)
{
	to->f_blocks = blocks;
	to->f_bfree = free_blocks;
	to->f_bavail = free_blocks;
	to->f_files = files;
	to->f_ffree = free_files;
}
