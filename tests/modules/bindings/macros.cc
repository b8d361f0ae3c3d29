// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The macros that drivers are made of, by their C names and with C's meaning: what they do is in
/// the kernel's log.

#define pr_fmt(fmt) "macros: " fmt

#include <linux/bitfield.h>
#include <linux/bits.h>
#include <linux/cleanup.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/percpu.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct item {
	int value;
	struct list_head entry;
};

static LIST_HEAD(items);
static DEFINE_MUTEX(items_lock);
static DEFINE_SPINLOCK(fast_lock);
static DECLARE_WAIT_QUEUE_HEAD(queue);
static DECLARE_COMPLETION(done);
static DEFINE_PER_CPU(int, counter);
static int limit = 9;
module_param(limit, int, 0644);
MODULE_PARM_DESC(limit, "a number");
static char *word = nullptr;
module_param(word, charp, 0444);
static int numbers[4];
static unsigned int count;
module_param_array(numbers, int, &count, 0444);

static int worked;
static void work_fn(struct work_struct *work)
{
	pr_info("work is pending: %d\n", work_pending(work));
	WRITE_ONCE(worked, 1);
	wake_up(&queue);
	complete(&done);
}
static DECLARE_WORK(work, work_fn);

#define HIGH_NIBBLE GENMASK(7, 4)
static const u32 table[] = {GENMASK(3, 0), BIT(5), GENMASK(6, 5)};
static_assert(ARRAY_SIZE(table) == 3);

static int fill()
{
	for (int n = 1; n <= 3; n++) {
		auto *it = static_cast<item *>(kzalloc(sizeof(item), GFP_KERNEL));
		if (!it)
			return -ENOMEM;
		it->value = n * 10;
		mutex_lock(&items_lock);
		list_add_tail(&it->entry, &items);
		mutex_unlock(&items_lock);
		unsigned long flags;
		spin_lock_irqsave(&fast_lock, flags);
		this_cpu_inc(counter);
		spin_unlock_irqrestore(&fast_lock, flags);
	}
	return 0;
}

static int empty()
{
	int sum = 0;
	item *it;
	item *next;
	guard(mutex)(&items_lock);
	list_for_each_entry(it, &items, entry) sum = sum * 100 + it->value;
	item *first = list_first_entry_or_null(&items, struct item, entry);
	pr_info("first %d, by member %d\n", first->value,
		container_of(&first->entry, item, entry)->value);
	list_for_each_entry_safe(it, next, &items, entry)
	{
		list_del(&it->entry);
		kfree(it);
	}
	scoped_guard(spinlock, &fast_lock) sum += list_empty(&items);
	return sum;
}

static int counted()
{
	int sum = 0;
	int cpu;
	for_each_possible_cpu(cpu) sum += per_cpu(counter, cpu);
	return sum;
}

static void numbers_of(int v)
{
	int low = 3;
	swap(low, v);
	pr_info("%d %d: min %d max %d clamp %d min_t %d\n", low, v, min(low, v), max(low, v),
		clamp(low, 1, 4), min_t(int, low, 5));
	pr_info("FIELD_GET %lu FIELD_PREP %lu DIV_ROUND_UP %d roundup %d\n",
		FIELD_GET(HIGH_NIBBLE, 0x5au), FIELD_PREP(HIGH_NIBBLE, 3u), DIV_ROUND_UP(low, 3),
		roundup(low, 4));
	pr_info("READ_ONCE of an element that min_t() chooses: %x\n",
		READ_ONCE(table[min_t(int, low, 1)]));
	pr_info("table %x %x %x\n", table[0], table[1], table[2]);
	char text[8];
	const ssize_t length = strscpy(text, "more than it takes", sizeof(text));
	pr_info("strscpy %zd '%s' time_after %d ERR_PTR %ld\n", length, text,
		time_after(jiffies + 1, jiffies), PTR_ERR(ERR_PTR(-EIO)));
	BUILD_BUG_ON(sizeof(text) != 8);
	for (int n = 0; n < 3; n++)
		pr_info_once("once\n");
	pr_debug("debug %d\n", low);
}

static ssize_t level_show(struct device *dev, struct device_attribute *, char *buffer)
{
	dev_dbg(dev, "shown\n");
	return sysfs_emit(buffer, "level %d\n", limit);
}
static ssize_t level_store(struct device *, struct device_attribute *, const char *buffer, size_t n)
{
	const int ret = kstrtoint(buffer, 10, &limit);
	return ret ? ret : n;
}
static DEVICE_ATTR_RW(level);
static struct attribute *macros_attrs[] = {&dev_attr_level.attr, nullptr};
ATTRIBUTE_GROUPS(macros);

static int macros_probe(struct platform_device *pdev)
{
	dev_info(&pdev->dev, "probed\n");
	void __iomem *base = devm_platform_ioremap_resource(pdev, 0);
	pr_info("no registers: %d\n", IS_ERR(base));
	return 0;
}

static const struct of_device_id macros_of[] = {{.compatible = "kcxx,macros"}, {}};
MODULE_DEVICE_TABLE(of, macros_of);
static const struct platform_device_id macros_ids[] = {{.name = "kcxx-macros"}, {}};
MODULE_DEVICE_TABLE(platform, macros_ids);

static struct platform_driver macros_driver = {
	.probe = macros_probe,
	.driver = {.name = "kcxx-macros", .of_match_table = macros_of, .dev_groups = macros_groups},
	.id_table = macros_ids,
};
static struct platform_device *macros_device;

static int __init start()
{
	const int ret = fill();
	if (ret)
		return ret;
	pr_info("limit %d word %s numbers %u: %d %d\n", limit, word ?: "none", count, numbers[0],
		numbers[1]);
	pr_info("counted %d, emptied %d\n", counted(), empty());
	numbers_of(7);
	schedule_work(&work);
	const long left = wait_event_timeout(queue, READ_ONCE(worked), HZ * 60);
	wait_for_completion(&done);
	flush_work(&work);
	pr_info("waited: %d\n", left > 0);
	const int registered = platform_driver_register(&macros_driver);
	if (registered)
		return registered;
	macros_device =
		platform_device_register_simple("kcxx-macros", PLATFORM_DEVID_NONE, nullptr, 0);
	if (IS_ERR(macros_device)) {
		platform_driver_unregister(&macros_driver);
		return PTR_ERR(macros_device);
	}
	return 0;
}

static void __exit stop()
{
	platform_device_unregister(macros_device);
	platform_driver_unregister(&macros_driver);
	pr_info("limit %d at the end\n", limit);
}

module_init(start);
module_exit(stop);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("macros of the kernel's headers in C++");
