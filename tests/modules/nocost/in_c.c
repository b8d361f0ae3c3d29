// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <linux/bug.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "subjects.h"

struct numbers {
	int *values;
	size_t size;
	size_t capacity;
};

struct object {
	struct list_head node;
	long value;
};

struct c_all {
	spinlock_t spinlock;
	long under_spinlock;
	struct mutex mutex;
	long under_mutex;
	struct numbers numbers;
	struct list_head list;
	u8 bytes[64];
};

static int push(struct numbers *numbers, int value)
{
	if (numbers->size == numbers->capacity) {
		size_t capacity = numbers->capacity ? 2 * numbers->capacity : 4;
		int *grown = krealloc_array(numbers->values, capacity, sizeof(int), GFP_ATOMIC);

		if (!grown)
			return -ENOMEM;
		numbers->values = grown;
		numbers->capacity = capacity;
	}
	numbers->values[numbers->size++] = value;
	return 0;
}

struct c_all *c_make(void)
{
	struct c_all *all = kzalloc(sizeof(*all), GFP_KERNEL);
	int i;

	if (!all)
		return NULL;
	spin_lock_init(&all->spinlock);
	mutex_init(&all->mutex);
	INIT_LIST_HEAD(&all->list);
	for (i = 0; i < NUMBERS; i++)
		if (push(&all->numbers, i))
			goto out;
	for (i = 0; i < OBJECTS; i++) {
		struct object *object = kzalloc(sizeof(*object), GFP_KERNEL);

		if (!object)
			goto out;
		object->value = i;
		list_add_tail(&object->node, &all->list);
	}
	return all;
out:
	c_destroy(all);
	return NULL;
}

void c_destroy(struct c_all *all)
{
	struct object *object, *next;

	list_for_each_entry_safe(object, next, &all->list, node) kfree(object);
	kfree(all->numbers.values);
	kfree(all);
}

void c_spinlock(struct c_all *all)
{
	spin_lock(&all->spinlock);
	all->under_spinlock++;
	spin_unlock(&all->spinlock);
}

void c_spinlock_irqsave(struct c_all *all)
{
	unsigned long flags;

	spin_lock_irqsave(&all->spinlock, flags);
	all->under_spinlock++;
	spin_unlock_irqrestore(&all->spinlock, flags);
}

void c_mutex(struct c_all *all)
{
	mutex_lock(&all->mutex);
	all->under_mutex++;
	mutex_unlock(&all->mutex);
}

int c_push(int count)
{
	struct numbers numbers = {};
	int result = 0;
	int i;

	for (i = 0; i < count && !result; i++)
		result = push(&numbers, i);
	kfree(numbers.values);
	return result;
}

int c_index(struct c_all *all, unsigned long index)
{
	BUG_ON(index >= all->numbers.size);
	return all->numbers.values[index];
}

long c_sum(struct c_all *all)
{
	long sum = 0;
	size_t i;

	for (i = 0; i < all->numbers.size; i++)
		sum += all->numbers.values[i];
	return sum;
}

long c_read_value(unsigned long address)
{
	u64 value;

	if (copy_from_user(&value, (void __user *)address, sizeof(value)))
		return -EFAULT;
	return value;
}

int c_write_value(unsigned long address)
{
	u64 value = 42;

	if (copy_to_user((void __user *)address, &value, sizeof(value)))
		return -EFAULT;
	return 0;
}

int c_read_bytes(struct c_all *all, unsigned long address, unsigned long size)
{
	if (size > sizeof(all->bytes))
		return -EINVAL;
	if (copy_from_user(all->bytes, (void __user *)address, size))
		return -EFAULT;
	return 0;
}

int c_write_bytes(struct c_all *all, unsigned long address, unsigned long size)
{
	if (size > sizeof(all->bytes))
		return -EINVAL;
	if (copy_to_user((void __user *)address, all->bytes, size))
		return -EFAULT;
	return 0;
}

long c_walk(struct c_all *all)
{
	struct object *object;
	long sum = 0;

	list_for_each_entry(object, &all->list, node) sum += object->value;
	return sum;
}

void c_rotate(struct c_all *all)
{
	struct object *object = list_first_entry_or_null(&all->list, struct object, node);

	if (object) {
		list_del(&object->node);
		list_add_tail(&object->node, &all->list);
	}
}
