// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What <kernel/file_operations.hpp> needs to know of <linux/fs.h> */

#include <linux/fs.h>
#include <linux/kbuild.h>

void kcxx_layout_file_operations(void);
void kcxx_layout_file_operations(void)
{
	COMMENT("file_operations");
	DEFINE(KCXX_SIZEOF_FILE_OPERATIONS, sizeof(struct file_operations));
	DEFINE(KCXX_ALIGNOF_FILE_OPERATIONS, __alignof__(struct file_operations));
	OFFSET(KCXX_FILE_OPERATIONS_OWNER, file_operations, owner);
	OFFSET(KCXX_FILE_OPERATIONS_LLSEEK, file_operations, llseek);
	OFFSET(KCXX_FILE_OPERATIONS_READ, file_operations, read);
	OFFSET(KCXX_FILE_OPERATIONS_WRITE, file_operations, write);
	OFFSET(KCXX_FILE_OPERATIONS_POLL, file_operations, poll);
	OFFSET(KCXX_FILE_OPERATIONS_UNLOCKED_IOCTL, file_operations, unlocked_ioctl);
	OFFSET(KCXX_FILE_OPERATIONS_COMPAT_IOCTL, file_operations, compat_ioctl);
	OFFSET(KCXX_FILE_OPERATIONS_MMAP, file_operations, mmap);
	OFFSET(KCXX_FILE_OPERATIONS_OPEN, file_operations, open);
	OFFSET(KCXX_FILE_OPERATIONS_RELEASE, file_operations, release);
}
