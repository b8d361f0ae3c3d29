// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/fs_context.h> that <kernel/fs_context.hpp> needs */

#include <linux/build_bug.h>
#include <linux/fs_context.h>
#include <linux/kbuild.h>

void kcxx_layout_fs_context(void);
void kcxx_layout_fs_context(void)
{
	COMMENT("fs_context");
	DEFINE(KCXX_SIZEOF_FS_CONTEXT_OPERATIONS, sizeof(struct fs_context_operations));
	OFFSET(KCXX_FS_CONTEXT_OPERATIONS_FREE, fs_context_operations, free);
	OFFSET(KCXX_FS_CONTEXT_OPERATIONS_PARSE_PARAM, fs_context_operations, parse_param);
	OFFSET(KCXX_FS_CONTEXT_OPERATIONS_GET_TREE, fs_context_operations, get_tree);
	OFFSET(KCXX_FS_CONTEXT_OPERATIONS_RECONFIGURE, fs_context_operations, reconfigure);
}

/* The functions that <kernel/fs_context.hpp> puts into the table, as it declares them */
#define KCXX_IS(member, ...)                                                                       \
	static_assert(__same_type(((struct fs_context_operations *)0)->member, __VA_ARGS__))

KCXX_IS(free, void (*)(struct fs_context *));
KCXX_IS(parse_param, int (*)(struct fs_context *, struct fs_parameter *));
KCXX_IS(get_tree, int (*)(struct fs_context *));
KCXX_IS(reconfigure, int (*)(struct fs_context *));

#undef KCXX_IS
