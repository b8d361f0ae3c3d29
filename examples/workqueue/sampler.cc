// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>
#include <cstddef>
#include <utility>

#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <kernel/task.hpp>
#include <kernel/time.hpp>

using kernel::Arc;
using kernel::DelayedWork;
using kernel::FromSoftirq;
using kernel::GFP_KERNEL;
using kernel::Mutex;
using kernel::Result;
using kernel::SpinLock;
using kernel::ThisModule;
using kernel::Timer;
using kernel::Vec;
using kernel::Work;
using kernel::WorkQueue;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver that defers: timer, work and delayed work");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

constexpr std::size_t sample_count = 5;

/// The samples that the timer leaves for the work
struct Fresh {
	std::array<int, sample_count> samples{};
	std::size_t count = 0;
	int last = 0;
};

/// Samples something five times, then every hour; the module itself
class Sampler
{
public:
	static Result<Sampler> init(ThisModule & /*self*/)
	{
		auto queue = KTRY(WorkQueue::make("sampler", kernel::WQ_UNBOUND));
		// In place: objects whose address the kernel knows do not move.
		return {std::in_place, std::move(queue)};
	}

	explicit Sampler(Arc<WorkQueue> queue)
	    : store_{LOCK_CLASS("sampler store"), *this, std::move(queue)}
	{
		timer_.start(kernel::milliseconds(10));
	}

	Sampler(const Sampler &) = delete;
	Sampler &operator=(const Sampler &) = delete;

	~Sampler()
	{
		pr_info("ended, with the timer %s\n", timer_.pending() ? "pending" : "at rest");
	}

private:
	/// In a softirq: takes a sample, and leaves the rest to functions that may sleep
	void sample() KCXX_MUST_NOT_SLEEP
	{
		bool more = false;
		{
			auto fresh = fresh_.lock();
			if (fresh->count < sample_count)
				fresh->samples[fresh->count++] = ++fresh->last;
			more = fresh->last < static_cast<int>(sample_count);
		}
		(void)store_.queue(); // a work that is queued already finds this sample too
		timer_.start(more ? kernel::milliseconds(10) : kernel::seconds(3600));
	}

	/// In a thread of the queue: may wait for memory and for the lock
	void store()
	{
		Fresh fresh;
		{
			auto left = fresh_.lock();
			std::swap(fresh.samples, left->samples);
			std::swap(fresh.count, left->count);
		}
		auto stored = stored_.lock();
		for (std::size_t i = 0; i < fresh.count; ++i)
			if (!stored->push(fresh.samples[i], GFP_KERNEL))
				pr_warn("a sample was lost\n");
		// One report when no sample has come for a while, however many came at once
		(void)report_.mod(kernel::milliseconds(50));
	}

	void report()
	{
		auto stored = stored_.lock();
		if (stored->size() < sample_count) // a slow machine: wait for the rest
			return;
		int sum = 0;
		for (const int sample : *stored)
			sum += sample;
		pr_info("%zu samples, %d to %d, their sum is %d\n", stored->size(), (*stored)[0],
			(*stored)[stored->size() - 1], sum);
	}

	SpinLock<Fresh, FromSoftirq> fresh_{LOCK_CLASS("sampler fresh")};
	Mutex<Vec<int>> stored_{LOCK_CLASS("sampler stored")};
	// Last: they end before the members their functions use, and each before the one it starts
	DelayedWork<&Sampler::report> report_{LOCK_CLASS("sampler report"), *this};
	Work<&Sampler::store> store_;
	Timer<&Sampler::sample> timer_{LOCK_CLASS("sampler timer"), *this};
};

} // namespace

KERNEL_MODULE(Sampler);
