// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A module that allocates three times, and makes the error of its parameter.
#include <array>

#include <kernel/memory.hpp>
#include <kernel/module.hpp>
#include <kernel/prelude.hpp>
#include <kernel/task.hpp>

#include <linux/jiffies.h>
#include <linux/moduleparam.h>
#include <linux/sched.h>
#include <linux/slab.h>

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Makes an error on request");

static int error; // 0: none
module_param(error, int, 0);
MODULE_PARM_DESC(error,
		 "1: leak, 2: use after free, "
		 "3: an unchecked allocation, 4: a leak if an allocation fails, 5: a data race");

class Pump
{
public:
	static kernel::Result<Pump> init(kernel::ThisModule &)
	{
		auto strokes = KTRY(kernel::Vec<int>::with_capacity(16, kernel::GFP_KERNEL));
		switch (error) {
		case 1:
			leak();
			break;
		case 2:
			use_after_free();
			break;
		case 3:
			unchecked();
			break;
		case 4:
			KTRY(leak_if_one_fails());
			break;
		case 5:
			KTRY(race());
			break;
		default:
			break;
		}
		pr_info("pump: fills\n");
		return Pump(std::move(strokes));
	}

private:
	explicit Pump(kernel::Vec<int> strokes) : strokes_(std::move(strokes)) {}

	[[gnu::noinline]] static void leak()
	{
		void *lost = kmalloc(64, GFP_KERNEL); // leaks
		pr_info("pump: %d\n", lost != nullptr);
	}

	[[gnu::noinline]] static void use_after_free()
	{
		auto *value = static_cast<volatile int *>(kmalloc(64, GFP_KERNEL));
		if (value == nullptr)
			return;
		kfree(const_cast<int *>(value));
		*value = 5; // is freed
	}

	[[gnu::noinline]] static void unchecked()
	{
		auto *value = static_cast<volatile int *>(kmalloc(64, GFP_KERNEL)); // fails
		*value = 5;                                                         // is null
		kfree(const_cast<int *>(value));
	}

	[[gnu::noinline]] static kernel::Result<void> leak_if_one_fails()
	{
		// kmemleak misses an object if any word of memory looks like a pointer to it.
		std::array<void *, 4> forgotten{};
		for (void *&each : forgotten)
			each = kmalloc(64, GFP_KERNEL); // is forgotten
		void *last = kmalloc(64, GFP_KERNEL);
		if (last == nullptr)
			return kernel::ENOMEM;
		kfree(last);
		for (void *each : forgotten)
			kfree(each);
		return {};
	}

	[[gnu::noinline]] static kernel::Result<void> race()
	{
		const auto other = KTRY(kernel::KThread::run("pump", [] { count_strokes(); }));
		count_strokes();
		return {};
	}

	[[gnu::noinline]] static void count_strokes()
	{
		for (const auto end = jiffies + HZ; time_before(jiffies, end); cond_resched())
			++counted; // races
	}

	static inline unsigned counted;
	kernel::Vec<int> strokes_;
};
KERNEL_MODULE(Pump);
