// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The kernel's own names beside those of the library, in one scope: a name that both have is the
/// library's.

#include <linux/atomic.h>
#include <linux/cdev.h>
#include <linux/completion.h>
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/percpu.h>
#include <linux/poll.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/random.h>
#include <linux/ratelimit.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/sysctl.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/fs.hpp>
#include <kernel/memory.hpp>
#include <kernel/module.hpp>
#include <kernel/prelude.hpp>
#include <kernel/printk.hpp>
#include <kernel/random.hpp>
#include <kernel/string.hpp>
#include <kernel/sync.hpp>
#include <kernel/task.hpp>
#include <kernel/testing.hpp>
#include <kernel/time.hpp>
#include <kernel/types.hpp>

using namespace kernel;

struct thing {
	int number;
	struct list_head entry;
	struct completion done;
	struct mutex lock;
};

static LIST_HEAD(things);
static DEFINE_MUTEX(raw_lock);

static irqreturn_t on_irq(int, void *data)
{
	complete(&static_cast<thing *>(data)->done);
	return IRQ_HANDLED;
}

int raw(struct device *dev, struct file *f, int n);
int raw(struct device *dev, struct file *f, int n)
{
	auto *t = static_cast<thing *>(kzalloc(sizeof(thing), GFP_KERNEL | __GFP_ZERO));
	if (!t)
		return -ENOMEM;
	init_completion(&t->done);
	mutex_init(&t->lock);
	if (f->f_flags & O_NONBLOCK)
		return -EAGAIN;
	switch (n) {
	case -EINVAL:
		return 1;
	case -EIO:
		return 2;
	}
	mutex_lock(&raw_lock);
	list_add(&t->entry, &things);
	mutex_unlock(&raw_lock);
	pr_info("a page has %lu bytes\n", PAGE_SIZE);
	dev_info(dev, "info\n");
	dev_dbg(dev, "debug\n");
	struct workqueue_struct *q = alloc_workqueue("kcxx", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	if (!q)
		return -EBUSY;
	cond_resched();
	might_sleep();
	synchronize_rcu();
	msleep(3);
	if (IS_ERR(ERR_PTR(-ENODEV)))
		return PTR_ERR(ERR_PTR(-EPERM));
	return request_irq(3, on_irq, 0, "kcxx", t);
}

static Result<int> both(int n)
{
	if (n < 0)
		return EINVAL;
	auto box = KTRY(Box<int>::make(GFP_KERNEL, 4));
	return {std::in_place, *box + n};
}

int use(int n);
int use(int n)
{
	auto result = both(n);
	return result ? *result : -ENOMEM;
}

namespace
{
struct Module {
	static Result<Module> init(ThisModule &)
	{
		pr_info("%d\n", use(3));
		return {std::in_place};
	}
};
} // namespace
KERNEL_MODULE(Module);
MODULE_LICENSE("GPL");
