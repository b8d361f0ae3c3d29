// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/fs.h> for <kernel/file_operations.hpp> */

#include <linux/fs.h>
#include <linux/limits.h>

long long kcxx_vfs_setpos(struct file *file, long long offset);
long long kcxx_vfs_setpos(struct file *file, long long offset)
{
	return vfs_setpos(file, offset, LLONG_MAX);
}
