/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/fs.h> for <kernel/fs/file_operations.hpp> */

#include <linux/fs.h>
#include <linux/limits.h>

static const unsigned long KCXX_SIZEOF_FILE_OPERATIONS = sizeof(struct file_operations);
static const unsigned long KCXX_ALIGNOF_FILE_OPERATIONS = __alignof__(struct file_operations);
static const unsigned long KCXX_FILE_OPERATIONS_OWNER = offsetof(struct file_operations, owner);
static const unsigned long KCXX_FILE_OPERATIONS_LLSEEK = offsetof(struct file_operations, llseek);
static const unsigned long KCXX_FILE_OPERATIONS_READ = offsetof(struct file_operations, read);
static const unsigned long KCXX_FILE_OPERATIONS_WRITE = offsetof(struct file_operations, write);
static const unsigned long KCXX_FILE_OPERATIONS_POLL = offsetof(struct file_operations, poll);
static const unsigned long KCXX_FILE_OPERATIONS_UNLOCKED_IOCTL =
	offsetof(struct file_operations, unlocked_ioctl);
static const unsigned long KCXX_FILE_OPERATIONS_COMPAT_IOCTL =
	offsetof(struct file_operations, compat_ioctl);
static const unsigned long KCXX_FILE_OPERATIONS_MMAP = offsetof(struct file_operations, mmap);
static const unsigned long KCXX_FILE_OPERATIONS_OPEN = offsetof(struct file_operations, open);
static const unsigned long KCXX_FILE_OPERATIONS_RELEASE = offsetof(struct file_operations, release);

static inline long long kcxx_vfs_setpos(struct file *file, long long offset)
{
	return vfs_setpos(file, offset, LLONG_MAX);
}
