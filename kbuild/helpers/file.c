// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/fs.h> for <kernel/file.hpp> */

#include <linux/fs.h>

unsigned int kcxx_file_minor(const struct file *file);
unsigned int kcxx_file_minor(const struct file *file)
{
	return iminor(file_inode(file));
}

long long kcxx_fixed_size_llseek(struct file *file, long long offset, int whence, long long size);
long long kcxx_fixed_size_llseek(struct file *file, long long offset, int whence, long long size)
{
	return fixed_size_llseek(file, offset, whence, size);
}
