// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The C side of the border: what the kernel does with what C++ hands to it. */

#include <linux/bug.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/stddef.h>

#include "shared.h"

int border_open(const struct file_operations *ops, struct inode *inode);
int border_open(const struct file_operations *ops, struct inode *inode)
{
	return ops->open(inode, NULL);
}

static int thrice(int value)
{
	return 3 * value;
}

int (*border_function(void))(int);
int (*border_function(void))(int)
{
	return thrice;
}

/* Is struct file_operations in another order than its declaration's? */
bool border_layout_is_random(void);
bool border_layout_is_random(void)
{
	const size_t offsets[] = {
		offsetof(struct file_operations, owner),   offsetof(struct file_operations, llseek),
		offsetof(struct file_operations, read),    offsetof(struct file_operations, write),
		offsetof(struct file_operations, poll),    offsetof(struct file_operations, mmap),
		offsetof(struct file_operations, open),    offsetof(struct file_operations, flush),
		offsetof(struct file_operations, release), offsetof(struct file_operations, fsync),
	};

	for (size_t i = 1; i < ARRAY_SIZE(offsets); i++)
		if (offsets[i - 1] > offsets[i])
			return true;
	return false;
}

const size_t *border_marked_offsets(void);
const size_t *border_marked_offsets(void)
{
	static const size_t offsets[] = BORDER_OFFSETS(struct border_marked);

	return offsets;
}

const size_t *border_unmarked_offsets(void);
const size_t *border_unmarked_offsets(void)
{
	static const size_t offsets[] = BORDER_OFFSETS(struct border_unmarked);

	return offsets;
}
