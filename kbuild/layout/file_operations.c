// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/fs.h> that <kernel/file_operations.hpp> needs */

#include <linux/build_bug.h>
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

/* The functions that <kernel/file_operations.hpp> puts into the table, as it declares them */
#define KCXX_IS(member, ...)                                                                       \
	static_assert(__same_type(((struct file_operations *)0)->member, __VA_ARGS__))

KCXX_IS(owner, struct module *);
KCXX_IS(llseek, long long (*)(struct file *, long long, int));
KCXX_IS(read, long (*)(struct file *, char __user *, unsigned long, long long *));
KCXX_IS(write, long (*)(struct file *, const char __user *, unsigned long, long long *));
KCXX_IS(poll, __poll_t (*)(struct file *, struct poll_table_struct *));
KCXX_IS(unlocked_ioctl, long (*)(struct file *, unsigned int, unsigned long));
KCXX_IS(compat_ioctl, long (*)(struct file *, unsigned int, unsigned long));
KCXX_IS(mmap, int (*)(struct file *, struct vm_area_struct *));
KCXX_IS(open, int (*)(struct inode *, struct file *));
KCXX_IS(release, int (*)(struct inode *, struct file *));

#undef KCXX_IS
