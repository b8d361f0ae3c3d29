// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/fs.h> that <kernel/file_system.hpp> needs */

#include <linux/build_bug.h>
#include <linux/fs.h>
#include <linux/kbuild.h>

void kcxx_layout_file_system(void);
void kcxx_layout_file_system(void)
{
	COMMENT("file_system");
	DEFINE(KCXX_SIZEOF_FILE_SYSTEM_TYPE, sizeof(struct file_system_type));
	DEFINE(KCXX_ALIGNOF_FILE_SYSTEM_TYPE, __alignof__(struct file_system_type));
	OFFSET(KCXX_FILE_SYSTEM_TYPE_NAME, file_system_type, name);
	OFFSET(KCXX_FILE_SYSTEM_TYPE_INIT_FS_CONTEXT, file_system_type, init_fs_context);
	OFFSET(KCXX_FILE_SYSTEM_TYPE_KILL_SB, file_system_type, kill_sb);
	OFFSET(KCXX_FILE_SYSTEM_TYPE_OWNER, file_system_type, owner);
}

/* The members that <kernel/file_system.hpp> sets, as it declares them */
#define KCXX_IS(member, ...)                                                                       \
	static_assert(__same_type(((struct file_system_type *)0)->member, __VA_ARGS__))

KCXX_IS(name, const char *);
KCXX_IS(init_fs_context, int (*)(struct fs_context *));
KCXX_IS(kill_sb, void (*)(struct super_block *));
KCXX_IS(owner, struct module *);

#undef KCXX_IS
