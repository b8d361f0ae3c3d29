/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/fs.h> for <kernel/fs/inode_private.hpp> */

#include <linux/fs.h>

static inline void *kcxx_inode_private(const struct inode *inode)
{
	return inode->i_private;
}
