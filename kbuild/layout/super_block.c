// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/fs.h> that <kernel/super_block.hpp> needs */

#include <linux/build_bug.h>
#include <linux/fs.h>
#include <linux/kbuild.h>

void kcxx_layout_super_block(void);
void kcxx_layout_super_block(void)
{
	COMMENT("super_block");
	DEFINE(KCXX_SIZEOF_SUPER_OPERATIONS, sizeof(struct super_operations));
	OFFSET(KCXX_SUPER_OPERATIONS_EVICT_INODE, super_operations, evict_inode);
	OFFSET(KCXX_SUPER_OPERATIONS_STATFS, super_operations, statfs);
}

/* The functions that <kernel/super_block.hpp> puts into the table, as it declares them */
#define KCXX_IS(member, ...)                                                                       \
	static_assert(__same_type(((struct super_operations *)0)->member, __VA_ARGS__))

KCXX_IS(evict_inode, void (*)(struct inode *));
KCXX_IS(statfs, int (*)(struct dentry *, struct kstatfs *));

#undef KCXX_IS

static_assert(__same_type(&simple_statfs, ((struct super_operations *)0)->statfs));
