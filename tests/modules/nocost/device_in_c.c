// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* /dev/nocost_c: 64 bytes, a number and a queue, of each open file its own */

#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#include "subjects.h"

struct text {
	char bytes[64];
	u64 number;
	wait_queue_head_t changed;
};

static int device_open(struct inode *inode, struct file *file)
{
	struct text *text = kmalloc(sizeof(*text), GFP_KERNEL);

	if (!text)
		return -ENOMEM;
	memset(text->bytes, 'x', sizeof(text->bytes));
	text->number = 0;
	init_waitqueue_head(&text->changed);
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

static ssize_t c_device_write(struct file *file, const char __user *from, size_t size,
			      loff_t *position)
{
	struct text *text = file->private_data;
	size_t left;

	if (*position >= sizeof(text->bytes))
		return -ENOSPC;
	left = sizeof(text->bytes) - *position;
	if (size > left)
		size = left;
	left = copy_from_user(text->bytes + *position, from, size);
	if (size && left == size)
		return -EFAULT;
	*position += size - left;
	return size - left;
}

static long c_device_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct text *text = file->private_data;
	void __user *user = (void __user *)argument;
	u64 number;

	switch (command) {
	case NOCOST_SET_NUMBER:
		if (copy_from_user(&number, user, sizeof(number)))
			return -EFAULT;
		text->number = number;
		return 0;
	case NOCOST_GET_NUMBER:
		number = text->number;
		return copy_to_user(user, &number, sizeof(number)) ? -EFAULT : 0;
	default:
		return -ENOTTY;
	}
}

static __poll_t c_device_poll(struct file *file, struct poll_table_struct *table)
{
	struct text *text = file->private_data;

	poll_wait(file, &text->changed, table);
	return EPOLLIN | EPOLLRDNORM;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.read = c_device_read,
	.write = c_device_write,
	.unlocked_ioctl = c_device_ioctl,
	.poll = c_device_poll,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "nocost_c",
	.mode = 0666,
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
