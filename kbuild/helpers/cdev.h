/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/cdev.h> and the regions of <linux/fs.h> for <kernel/fs/cdev.hpp> */

#include <linux/cdev.h>
#include <linux/container_of.h>
#include <linux/fs.h>
#include <linux/kobject.h>
#include <linux/slab.h>

/*
 * A device and the data of its files' class. An open file holds the cdev, and so does an open()
 * that has begun when the device is deleted; the cdev holds its parent, and with it this whole
 * struct.
 */
struct kcxx_cdev {
	struct kobject kobject;
	struct cdev cdev;
	unsigned int minors;
	void *data;
	void (*drop)(void *data);
};

static void kcxx_cdev_release(struct kobject *kobject)
{
	struct kcxx_cdev *device = container_of(kobject, struct kcxx_cdev, kobject);

	if (device->drop)
		device->drop(device->data);
	kfree(device);
}

static const struct kobj_type kcxx_cdev_type = {.release = kcxx_cdev_release};

static inline struct kcxx_cdev *kcxx_cdev_alloc(void)
{
	struct kcxx_cdev *device = kzalloc(sizeof(*device), GFP_KERNEL);

	if (device)
		kobject_init(&device->kobject, &kcxx_cdev_type);
	return device;
}

static inline void kcxx_cdev_put(struct kcxx_cdev *device)
{
	kobject_put(&device->kobject);
}

static inline int kcxx_cdev_add(struct kcxx_cdev *device, const char *name, unsigned int minors,
				const struct file_operations *operations, struct module *owner)
{
	dev_t first;
	int error = alloc_chrdev_region(&first, 0, minors, name);

	if (error)
		return error;
	cdev_init(&device->cdev, operations);
	device->cdev.owner = owner;
	device->minors = minors;
	cdev_set_parent(&device->cdev, &device->kobject);
	error = cdev_add(&device->cdev, first, minors);
	if (error)
		unregister_chrdev_region(first, minors);
	return error;
}

/* Sets the data of the files' class, which are dropped with the last reference */
static inline void kcxx_cdev_set_data(struct kcxx_cdev *device, void *data,
				      void (*drop)(void *data))
{
	device->data = data;
	device->drop = drop;
}

static inline void kcxx_cdev_del(struct kcxx_cdev *device)
{
	dev_t first = device->cdev.dev;
	unsigned int minors = device->minors;

	cdev_del(&device->cdev);
	unregister_chrdev_region(first, minors);
}

static inline void *kcxx_cdev_data(struct inode *inode)
{
	return container_of(inode->i_cdev, struct kcxx_cdev, cdev)->data;
}

static inline unsigned int kcxx_cdev_major(const struct kcxx_cdev *device)
{
	return MAJOR(device->cdev.dev);
}
