// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <linux/atomic.h>
#include <linux/bitfield.h>
#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kfifo.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rbtree.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <linux/workqueue.h>

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

struct leaf {
	struct rb_node node;
	long key;
	long value;
};

struct counted {
	refcount_t count;
	long value;
};

struct c_all {
	spinlock_t spinlock;
	long under_spinlock;
	struct mutex mutex;
	long under_mutex;
	struct rw_semaphore rwsem;
	long under_rwsem;
	long __rcu *under_rcu;
	struct completion completion;
	atomic64_t atomic;
	long __percpu *per_cpu;
	struct counted *counted;
	struct delayed_work work;
	struct timer_list timer;
	struct numbers numbers;
	struct list_head list;
	struct rb_root tree;
	DECLARE_KFIFO_PTR(ring, int);
	u8 bytes[64];
	u32 registers[16]; /* memory in their place */
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

static struct leaf *find(struct rb_root *tree, long key)
{
	struct rb_node *node = tree->rb_node;

	while (node) {
		struct leaf *leaf = rb_entry(node, struct leaf, node);

		if (key < leaf->key)
			node = node->rb_left;
		else if (key > leaf->key)
			node = node->rb_right;
		else
			return leaf;
	}
	return NULL;
}

static bool insert(struct rb_root *tree, struct leaf *leaf)
{
	struct rb_node **link = &tree->rb_node;
	struct rb_node *parent = NULL;

	while (*link) {
		struct leaf *other = rb_entry(*link, struct leaf, node);

		parent = *link;
		if (leaf->key < other->key)
			link = &parent->rb_left;
		else if (leaf->key > other->key)
			link = &parent->rb_right;
		else
			return false;
	}
	rb_link_node(&leaf->node, parent, link);
	rb_insert_color(&leaf->node, tree);
	return true;
}

static void never(struct work_struct *work) {}

static void never_either(struct timer_list *timer) {}

static int make_shared(struct c_all *all)
{
	long *value = kzalloc(sizeof(*value), GFP_KERNEL);

	RCU_INIT_POINTER(all->under_rcu, value);
	all->per_cpu = alloc_percpu(long);
	all->counted = kzalloc(sizeof(*all->counted), GFP_KERNEL);
	if (!value || !all->per_cpu || !all->counted)
		return -ENOMEM;
	refcount_set(&all->counted->count, 1);
	queue_delayed_work(system_wq, &all->work, 1000 * HZ);
	return 0;
}

static int make_leaves(struct c_all *all)
{
	long i;

	for (i = 0; i < OBJECTS; i++) {
		struct leaf *leaf = kzalloc(sizeof(*leaf), GFP_KERNEL);

		if (!leaf)
			return -ENOMEM;
		leaf->key = i * 37 % OBJECTS;
		leaf->value = leaf->key;
		insert(&all->tree, leaf);
	}
	return kfifo_alloc(&all->ring, 64, GFP_KERNEL);
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
	init_rwsem(&all->rwsem);
	init_completion(&all->completion);
	INIT_DELAYED_WORK(&all->work, never);
	timer_setup(&all->timer, never_either, 0);
	if (make_shared(all) || make_leaves(all))
		goto out;
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
	struct leaf *leaf, *next_leaf;

	rbtree_postorder_for_each_entry_safe(leaf, next_leaf, &all->tree, node) kfree(leaf);
	kfifo_free(&all->ring);
	list_for_each_entry_safe(object, next, &all->list, node) kfree(object);
	kfree(all->numbers.values);
	cancel_delayed_work_sync(&all->work);
	kfree(all->counted);
	free_percpu(all->per_cpu);
	kfree(rcu_dereference_protected(all->under_rcu, true));
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

int c_mutex_held(struct c_all *all)
{
	if (!mutex_trylock(&all->mutex))
		return -EBUSY;
	all->under_mutex++;
	mutex_unlock(&all->mutex);
	return 0;
}

void c_with_mutex(struct c_all *all, void (*call)(void))
{
	mutex_lock(&all->mutex);
	call();
	mutex_unlock(&all->mutex);
}

long c_rwsem_read(struct c_all *all)
{
	long value;

	down_read(&all->rwsem);
	value = all->under_rwsem;
	up_read(&all->rwsem);
	return value;
}

void c_rwsem_write(struct c_all *all)
{
	down_write(&all->rwsem);
	all->under_rwsem++;
	up_write(&all->rwsem);
}

long c_rcu_read(struct c_all *all)
{
	long *value, read = 0;

	rcu_read_lock();
	value = rcu_dereference(all->under_rcu);
	if (value)
		read = *value;
	rcu_read_unlock();
	return read;
}

void c_completion(struct c_all *all)
{
	complete(&all->completion);
	wait_for_completion(&all->completion);
}

void c_atomic_add(struct c_all *all)
{
	atomic64_add(2, &all->atomic);
}

long c_atomic_fetch_add(struct c_all *all)
{
	return atomic64_fetch_add(2, &all->atomic);
}

void c_per_cpu(struct c_all *all)
{
	long *value = get_cpu_ptr(all->per_cpu);

	++*value;
	put_cpu_ptr(all->per_cpu);
}

int c_box(long value)
{
	struct object *object = kmalloc(sizeof(*object), GFP_ATOMIC);

	if (!object)
		return -ENOMEM;
	INIT_LIST_HEAD(&object->node);
	object->value = value;
	kfree(object);
	return 0;
}

long c_counted(struct c_all *all)
{
	struct counted *counted = all->counted;
	long value;

	refcount_inc(&counted->count);
	value = counted->value;
	if (refcount_dec_and_test(&counted->count))
		kfree(counted);
	return value;
}

int c_queue_work(struct c_all *all)
{
	return queue_delayed_work(system_wq, &all->work, 1000 * HZ);
}

int c_timer(struct c_all *all)
{
	mod_timer(&all->timer, jiffies + 1000 * HZ);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	return timer_delete(&all->timer);
#else
	return del_timer(&all->timer);
#endif
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

int c_format(char *to, unsigned long size, int count, const char *whom)
{
	int length = snprintf(to, size, "%d of %lu, %#06x: %s\n", count, size, count, whom);

	return (size_t)length >= size ? -E2BIG : length;
}

void c_log(int count, const char *whom)
{
	printk(KERN_DEBUG "%d of %lu, %#06x: %s\n", count, 100UL, count, whom);
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

long c_tree_find(struct c_all *all, long key)
{
	struct leaf *leaf = find(&all->tree, key);

	return leaf ? leaf->value : 0;
}

void c_tree_insert(struct c_all *all, long key)
{
	struct leaf *leaf = find(&all->tree, key);

	if (!leaf)
		return;
	rb_erase(&leaf->node, &all->tree);
	RB_CLEAR_NODE(&leaf->node);
	insert(&all->tree, leaf);
}

int c_ring(struct c_all *all, int number)
{
	int first;

	if (!kfifo_put(&all->ring, number))
		return -ENOSPC;
	if (!kfifo_get(&all->ring, &first))
		return -ENODATA;
	return first;
}

#define CONTROL 0x10
#define CONTROL_ENABLE BIT(0)
#define CONTROL_MODE GENMASK(6, 4)
#define STATUS 0x14
#define STATUS_LEVEL GENMASK(15, 8)

unsigned int c_registers(struct c_all *all, unsigned int mode)
{
	void __iomem *registers = (void __force __iomem *)all->registers;
	u32 control = readl(registers + CONTROL);

	control &= ~(CONTROL_ENABLE | CONTROL_MODE);
	control |= CONTROL_ENABLE | FIELD_PREP(CONTROL_MODE, mode);
	writel(control, registers + CONTROL);
	return FIELD_GET(STATUS_LEVEL, readl(registers + STATUS));
}
