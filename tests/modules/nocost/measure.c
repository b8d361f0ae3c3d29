// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Counts the instructions that each subject executes, in C and in C++, where a nanosecond is
 * one instruction: qemu -icount shift=0. Logs thousandths of a call, without the loop.
 */

#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>

#include "subjects.h"

#define TRIES 3

/* With nothing else on the CPU */
static noinline u64 begin(unsigned long *flags)
{
	cond_resched();
	preempt_disable();
	local_irq_save(*flags);
	return ktime_get_raw_ns();
}

static noinline u64 end(u64 since, unsigned long flags)
{
	u64 taken = ktime_get_raw_ns() - since;

	local_irq_restore(flags);
	preempt_enable();
	return taken;
}

/* The least of some tries: the first one warms up. */
#define COUNT(rounds, call)                                                                        \
	({                                                                                         \
		u64 least = U64_MAX;                                                               \
		int try;                                                                           \
                                                                                                   \
		for (try = 0; try < TRIES; try++) {                                                \
			unsigned long flags;                                                       \
			u64 since = begin(&flags);                                                 \
			int i;                                                                     \
                                                                                                   \
			for (i = 0; i < (rounds); i++) {                                           \
				barrier();                                                         \
				call;                                                              \
			}                                                                          \
			least = min(least, end(since, flags));                                     \
		}                                                                                  \
		least;                                                                             \
	})

#define PER_ROUND(rounds, call)                                                                    \
	div_u64((COUNT(rounds, call) - COUNT(rounds, (void)0)) * 1000, rounds)

#define LOG(subject, in_c, in_cxx) pr_info("executed %s %llu %llu\n", subject, in_c, in_cxx)

/* For a subject that works on the objects, and for one that needs none */
#define COMPARE_ON(rounds, subject, ...)                                                           \
	LOG(#subject, PER_ROUND(rounds, c_##subject(in_c, ##__VA_ARGS__)),                         \
	    PER_ROUND(rounds, cxx_##subject(in_cxx, ##__VA_ARGS__)))
#define COMPARE(rounds, subject, ...)                                                              \
	LOG(#subject, PER_ROUND(rounds, c_##subject(__VA_ARGS__)),                                 \
	    PER_ROUND(rounds, cxx_##subject(__VA_ARGS__)))

static struct c_all *in_c;
static struct cxx_all *in_cxx;
static unsigned long page; /* of user space */
static char text[64];

static void compare_with_mutexes(void)
{
	COMPARE_ON(10000, mutex_held);
}

static void compare_with_mutex_of_c(void)
{
	cxx_with_mutex(in_cxx, compare_with_mutexes);
}

static int compare_functions(void)
{
	if (c_read_value(page) != 7 || cxx_read_value(page) != 7 ||
	    c_sum(in_c) != cxx_sum(in_cxx) || c_walk(in_c) != cxx_walk(in_cxx) ||
	    c_index(in_c, 3) != cxx_index(in_cxx, 3) || c_ring(in_c, 3) != cxx_ring(in_cxx, 3) ||
	    c_registers(in_c, 5) != cxx_registers(in_cxx, 5) || c_tree_find(in_c, 3) != 3 ||
	    cxx_tree_find(in_cxx, 3) != 3)
		return -EINVAL;

	COMPARE_ON(10000, spinlock);
	COMPARE_ON(10000, spinlock_irqsave);
	COMPARE_ON(10000, mutex);
	c_with_mutex(in_c, compare_with_mutex_of_c);
	COMPARE_ON(10000, rwsem_read);
	COMPARE_ON(10000, rwsem_write);
	COMPARE_ON(10000, rcu_read);
	COMPARE_ON(10000, completion);
	COMPARE_ON(10000, atomic_add);
	COMPARE_ON(10000, atomic_fetch_add);
	COMPARE_ON(10000, per_cpu);
	COMPARE(10000, box, 3);
	COMPARE_ON(10000, counted);
	COMPARE_ON(10000, queue_work);
	COMPARE_ON(10000, timer);
	COMPARE(100, push, NUMBERS);
	COMPARE_ON(10000, index, i % 64);
	COMPARE(10000, format, text, sizeof(text), 77, "some");
	COMPARE(100, log, 77, "some");
	COMPARE_ON(100, sum);
	COMPARE(10000, read_value, page);
	COMPARE(10000, write_value, page);
	COMPARE_ON(10000, read_bytes, page, 24);
	COMPARE_ON(10000, write_bytes, page, 24);
	COMPARE_ON(1000, walk);
	COMPARE_ON(10000, rotate);
	COMPARE_ON(10000, tree_find, i % OBJECTS);
	COMPARE_ON(10000, tree_insert, i % OBJECTS);
	COMPARE_ON(10000, ring, i);
	COMPARE_ON(10000, registers, i % 8);
	return 0;
}

/* A subject that is an operation of the devices */
#define COMPARE_DEVICES(subject, call)                                                             \
	do {                                                                                       \
		struct file *c = filp_open("/dev/nocost_c", O_RDWR, 0);                            \
		struct file *cxx = filp_open("/dev/nocost_cxx", O_RDWR, 0);                        \
		loff_t position;                                                                   \
		u64 in_c, in_cxx;                                                                  \
                                                                                                   \
		if (IS_ERR(c) || IS_ERR(cxx) || call(c) != call(cxx))                              \
			return -EINVAL;                                                            \
		in_c = PER_ROUND(10000, call(c));                                                  \
		in_cxx = PER_ROUND(10000, call(cxx));                                              \
		LOG(subject, in_c, in_cxx);                                                        \
		filp_close(c, NULL);                                                               \
		filp_close(cxx, NULL);                                                             \
	} while (0)

#define READ(file) (position = 8, file->f_op->read(file, (char __user *)page, 16, &position))
#define WRITE(file) (position = 8, file->f_op->write(file, (char __user *)page, 16, &position))
#define IOCTL(file) file->f_op->unlocked_ioctl(file, NOCOST_GET_NUMBER, page)
#define POLL(file) file->f_op->poll(file, NULL)

static int compare_devices(void)
{
	COMPARE_DEVICES("device_read", READ);
	COMPARE_DEVICES("device_write", WRITE);
	COMPARE_DEVICES("device_ioctl", IOCTL);
	COMPARE_DEVICES("device_poll", POLL);
	return 0;
}

/* A platform device with an interrupt of its own, which has no controller */
struct machine {
	struct platform_device *device;
	int irq; /* 0: none */
};

static struct machine of_c, of_cxx;

static int make_machine(struct machine *machine, const char *name)
{
	struct resource line;

	/* Without an owner, of which each handler would take a reference */
	machine->irq = __irq_alloc_descs(-1, 1, 1, NUMA_NO_NODE, NULL, NULL);
	if (machine->irq < 0)
		return machine->irq;
	irq_set_chip_and_handler(machine->irq, &dummy_irq_chip, handle_simple_irq);
	irq_modify_status(machine->irq, IRQ_NOREQUEST, IRQ_NOPROBE);
	line = (struct resource)DEFINE_RES_IRQ(machine->irq);
	machine->device = platform_device_register_simple(name, -1, &line, 1);
	return PTR_ERR_OR_ZERO(machine->device);
}

static void destroy_machine(struct machine *machine)
{
	if (!IS_ERR_OR_NULL(machine->device))
		platform_device_unregister(machine->device);
	if (machine->irq > 0)
		irq_free_desc(machine->irq);
}

static int make_machines(void)
{
	int error = make_machine(&of_c, "nocost_c");

	return error ? error : make_machine(&of_cxx, "nocost_cxx");
}

static void destroy_machines(void)
{
	destroy_machine(&of_cxx);
	destroy_machine(&of_c);
}

static int compare_drivers(void)
{
	u64 in_c, in_cxx;
	int error;

	local_irq_disable();
	error = generic_handle_irq(of_c.irq) || generic_handle_irq(of_cxx.irq);
	local_irq_enable();
	if (error || c_interrupts() != 1 || cxx_interrupts() != 1 || c_dma_map() || cxx_dma_map())
		return -EINVAL;
	in_c = PER_ROUND(10000, generic_handle_irq(of_c.irq));
	in_cxx = PER_ROUND(10000, generic_handle_irq(of_cxx.irq));
	LOG("interrupt", in_c, in_cxx);
	COMPARE(10000, dma_map);
	return 0;
}

static int make_drivers(void)
{
	int error = make_machines();

	if (error)
		goto out;
	error = c_driver_make();
	if (error)
		goto out;
	error = cxx_driver_make();
	if (error)
		goto out_driver;
	error = compare_drivers();
	if (!error)
		return 0;
	cxx_driver_destroy();
out_driver:
	c_driver_destroy();
out:
	destroy_machines();
	return error;
}

static void destroy_drivers(void)
{
	cxx_driver_destroy();
	c_driver_destroy();
	destroy_machines();
}

static int make_page(void)
{
	u64 value = 7;

	page = vm_mmap(NULL, 0, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, 0);
	/* The copy makes the page present. */
	if (IS_ERR_VALUE(page) || copy_to_user((void __user *)page, &value, sizeof(value)))
		return -EFAULT;
	return 0;
}

static void destroy(void)
{
	if (in_cxx)
		cxx_destroy(in_cxx);
	if (in_c)
		c_destroy(in_c);
}

static int __init nocost_init(void)
{
	int error = -ENOMEM;

	in_c = c_make();
	in_cxx = cxx_make();
	if (!in_c || !in_cxx)
		goto out;
	error = make_page();
	if (!error)
		error = compare_functions();
	if (!error)
		error = c_device_make();
	if (error)
		goto out;
	error = cxx_device_make();
	if (error)
		goto out_device;
	error = compare_devices();
	if (!error)
		error = make_drivers();
	if (!error)
		return 0;
	cxx_device_destroy();
out_device:
	c_device_destroy();
out:
	destroy();
	return error;
}

static void __exit nocost_exit(void)
{
	destroy_drivers();
	cxx_device_destroy();
	c_device_destroy();
	destroy();
}

module_init(nocost_init);
module_exit(nocost_exit);
MODULE_DESCRIPTION("What C++ costs beside C");
MODULE_LICENSE("GPL");
