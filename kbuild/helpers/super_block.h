/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/super_block.hpp> */

#include <asm/page.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/statfs.h>
#include <linux/version.h>

/* Macros */
static const long long KCXX_MAX_LFS_FILESIZE = MAX_LFS_FILESIZE;
static const unsigned char KCXX_PAGE_SHIFT = PAGE_SHIFT;

/* Since 6.19 kill_anon_super() removes the names as well. */
static inline void kcxx_kill_litter_super(struct super_block *sb)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
	kill_anon_super(sb);
#else
	kill_litter_super(sb);
#endif
}
