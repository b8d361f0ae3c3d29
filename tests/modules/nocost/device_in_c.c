// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* /dev/nocost_c: 64 bytes, of each open file its own */

#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "subjects.h"

struct text {
	char bytes[64];
};

static int device_open(struct inode *inode, struct file *file)
{
	struct text *text = kmalloc(sizeof(*text), GFP_KERNEL);

	if (!text)
		return -ENOMEM;
	memset(text->bytes, 'x', sizeof(text->bytes));
	file->private_data = text;
	return 0;
}

static int device_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static ssize_t c_device_read(struct file *file, char __user *to, size_t size, loff_t *position)
{
	const struct text *text = file->private_data;
	size_t left;

	if (*position >= sizeof(text->bytes))
		return 0;
	left = sizeof(text->bytes) - *position;
	if (size > left)
		size = left;
	left = copy_to_user(to, text->bytes + *position, size);
	if (size && left == size)
		return -EFAULT;
	*position += size - left;
	return size - left;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.read = c_device_read,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "nocost_c",
	.mode = 0444,
	.fops = &operations,
};

int c_device_make(void)
{
	return misc_register(&device);
}

void c_device_destroy(void)
{
	misc_deregister(&device);
}
