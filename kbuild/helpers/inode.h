/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/inode.hpp>, <kernel/fs/inode_file.hpp> and <kernel/fs/directory.hpp> */

#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/stat.h>
#include <linux/user_namespace.h>
#include <linux/version.h>

/* Macros */
static const unsigned short KCXX_S_IFMT = S_IFMT;
static const unsigned short KCXX_S_IFDIR = S_IFDIR;
static const unsigned short KCXX_S_IFREG = S_IFREG;
static const unsigned short KCXX_S_IFLNK = S_IFLNK;
static const unsigned int KCXX_ATTR_SIZE = ATTR_SIZE;
static const unsigned int KCXX_ATTR_MTIME = ATTR_MTIME;
static const unsigned int KCXX_ATTR_CTIME = ATTR_CTIME;
static const unsigned int KCXX_GFP_HIGHUSER = (__force unsigned int)GFP_HIGHUSER;

/* The map that maps nothing has another type and name since 6.3. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#include <linux/mnt_idmapping.h>

typedef struct mnt_idmap kcxx_mount_idmap;
#define KCXX_NOP_IDMAP (&nop_mnt_idmap)
#else
typedef struct user_namespace kcxx_mount_idmap;
#define KCXX_NOP_IDMAP (&init_user_ns)
#endif

static inline kcxx_mount_idmap *kcxx_nop_idmap(void)
{
	return KCXX_NOP_IDMAP;
}

/* The members with the times became functions in 6.6 and 6.7. */
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

/* Takes the mask since 6.6 */
static inline void kcxx_generic_fillattr(kcxx_mount_idmap *idmap, unsigned int mask,
					 struct inode *inode, struct kstat *stat)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	generic_fillattr(idmap, mask, inode, stat);
#else
	generic_fillattr(idmap, inode, stat);
#endif
}
