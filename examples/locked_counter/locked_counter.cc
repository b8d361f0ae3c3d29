// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <kernel/task.hpp>

using kernel::Box;
using kernel::GFP_KERNEL;
using kernel::KThread;
using kernel::Result;
using kernel::SpinLock;
using kernel::ThisModule;
using kernel::Vec;
using kernel::WaitQueue;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("Threads that count together");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

constexpr unsigned int thread_count = 8;
constexpr unsigned int rounds = 10000;

// The counters that all threads write; a SpinLock holds them, so that only the lock gives access.
struct Tally {
	unsigned int total = 0;
	unsigned int finished = 0;
};

class Counter
{
public:
	Result<> start()
	{
		for (unsigned int i = 0; i < thread_count; ++i) {
			KThread thread = KTRY(KThread::run("locked-counter", [this] { count(); }));
			KTRY(threads_.push(std::move(thread), GFP_KERNEL));
		}
		return {};
	}

	// The total, once all threads have finished; ERESTARTSYS if a signal comes first
	Result<unsigned int> wait() KCXX_MAY_SLEEP
	{
		auto tally = tally_.lock();
		// The lock is free while this sleeps, and held while it checks the condition.
		KTRY(finished_.wait_interruptible(
			tally, [](Tally &t) { return t.finished == thread_count; }));
		return tally->total;
	}

private:
	void count()
	{
		for (unsigned int i = 0; i < rounds && !KThread::should_stop(); ++i) {
			tally_.lock()->total++;
			kernel::cond_resched();
		}
		tally_.lock()->finished++;
		finished_.wake_one();
	}

	SpinLock<Tally> tally_{LOCK_CLASS("tally")};
	WaitQueue finished_{LOCK_CLASS("finished")};
	Vec<KThread> threads_; // the last member: they end before the members they use
};

class LockedCounter
{
public:
	static Result<LockedCounter> init(ThisModule & /*self*/)
	{
		// In a Box: a lock does not move, and the threads count before the module object is
		// made.
		auto counter = KTRY(Box<Counter>::make(GFP_KERNEL));
		KTRY(counter->start());
		const unsigned int total = KTRY(counter->wait());
		pr_info("%u threads counted to %u of %u\n", thread_count, total,
			thread_count * rounds);
		return {std::in_place, std::move(counter)};
	}

	explicit LockedCounter(Box<Counter> counter) : counter_{std::move(counter)} {}

private:
	Box<Counter> counter_;
};

} // namespace

KERNEL_MODULE(LockedCounter);
