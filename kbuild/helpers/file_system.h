/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/fs.h> for <kernel/fs/file_system.hpp> */

#include <linux/fs.h>

static const unsigned long KCXX_SIZEOF_FILE_SYSTEM_TYPE = sizeof(struct file_system_type);
static const unsigned long KCXX_ALIGNOF_FILE_SYSTEM_TYPE = __alignof__(struct file_system_type);
static const unsigned long KCXX_FILE_SYSTEM_TYPE_NAME = offsetof(struct file_system_type, name);
static const unsigned long KCXX_FILE_SYSTEM_TYPE_INIT_FS_CONTEXT =
	offsetof(struct file_system_type, init_fs_context);
static const unsigned long KCXX_FILE_SYSTEM_TYPE_KILL_SB =
	offsetof(struct file_system_type, kill_sb);
static const unsigned long KCXX_FILE_SYSTEM_TYPE_OWNER = offsetof(struct file_system_type, owner);

static inline int kcxx_register_filesystem(struct file_system_type *type)
{
	return register_filesystem(type);
}

static inline void kcxx_unregister_filesystem(struct file_system_type *type)
{
	unregister_filesystem(type);
}
