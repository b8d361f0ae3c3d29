// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>
#include <utility>

#include <kernel/atomic.hpp>
#include <kernel/completion.hpp>
#include <kernel/kthread.hpp>
#include <kernel/locked_by.hpp>
#include <kernel/mutex.hpp>
#include <kernel/raw_spinlock.hpp>
#include <kernel/rwonce.hpp>
#include <kernel/rwsem.hpp>
#include <kernel/sched.hpp>
#include <kernel/seqlock.hpp>
#include <kernel/spinlock.hpp>

#include "checks.hpp"

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

int alive;

struct Counted {
	explicit Counted(int v, int more = 0) : value{v + more} { ++alive; }
	Counted(const Counted &) = delete;
	Counted &operator=(const Counted &) = delete;
	~Counted() { --alive; }

	int value;
};

template <typename Lock>
Error error_of_trying(Lock &lock)
{
	return lock.try_lock().error();
}

bool data_lives_as_long_as_its_lock()
{
	{
		SpinLock<Counted> spin{LOCK_CLASS("spin"), 3};
		RawSpinLock<Counted> raw{LOCK_CLASS("raw"), 3, 1};
		Mutex<Counted> mutex{LOCK_CLASS("mutex"), 5};
		RwSemaphore<Counted> semaphore{LOCK_CLASS("semaphore"), 6};
		CHECK(alive == 4);
		CHECK(spin.lock()->value == 3);
		CHECK(raw.lock()->value == 4);
		CHECK(mutex.lock()->value == 5);
		CHECK(semaphore.read()->value == 6);
	}
	CHECK(alive == 0);
	return true;
}

bool spinlock_is_held_as_long_as_its_guard()
{
	SpinLock<int> lock{LOCK_CLASS("held"), 1};
	CHECK(is_free(lock));
	{
		auto guard = lock.lock();
		CHECK(!is_free(lock));
		CHECK(error_of_trying(lock) == EBUSY);
		++*guard;
	}
	CHECK(is_free(lock));
	{
		auto guard = lock.try_lock();
		CHECK(guard);
		CHECK(!is_free(lock));
		++*guard;
	}
	CHECK(is_free(lock) && value_of(lock) == 3);
	return true;
}

bool raw_spinlock_is_held_as_long_as_its_guard()
{
	RawSpinLock<int> lock{LOCK_CLASS("raw held")};
	{
		auto guard = lock.lock();
		CHECK(!is_free(lock));
		++*guard;
	}
	CHECK(is_free(lock) && value_of(lock) == 1);
	return true;
}

bool irqsave_keeps_interrupts_off_and_restores_them()
{
	SpinLock<int> lock{LOCK_CLASS("irq")};
	RawSpinLock<int> raw{LOCK_CLASS("raw irq")};
	CHECK(!context_irqs_off());
	{
		auto guard = lock.lock_irqsave();
		CHECK(context_irqs_off() && !is_free(lock));
		{
			auto inner = raw.lock_irqsave();
			CHECK(context_irqs_off() && !is_free(raw));
			++*inner;
		}
		CHECK(context_irqs_off()); // they were off before
		++*guard;
	}
	CHECK(!context_irqs_off() && is_free(lock) && is_free(raw));
	return true;
}

bool lock_that_an_interrupt_takes_keeps_interrupts_off()
{
	SpinLock<int, FromIrq> lock{LOCK_CLASS("from irq")};
	RawSpinLock<int, FromIrq> raw{LOCK_CLASS("raw from irq")};
	CHECK(!context_irqs_off());
	{
		auto guard = lock.lock();
		CHECK(context_irqs_off());
		{
			auto inner = raw.lock();
			CHECK(context_irqs_off());
			++*inner;
		}
		CHECK(context_irqs_off()); // they were off before
		++*guard;
	}
	CHECK(!context_irqs_off());
	CHECK(*lock.lock() == 1);
	CHECK(*raw.lock() == 1);
	return true;
}

bool lock_that_a_softirq_takes_keeps_softirqs_off()
{
	SpinLock<int, FromSoftirq> lock{LOCK_CLASS("from softirq")};
	CHECK(!context_softirqs_off());
	{
		auto guard = lock.lock();
		CHECK(context_softirqs_off() && !context_irqs_off());
		++*guard;
	}
	CHECK(!context_softirqs_off());
	CHECK(*lock.lock() == 1);
	return true;
}

bool bh_keeps_softirqs_off()
{
	SpinLock<int> lock{LOCK_CLASS("bh")};
	CHECK(!context_softirqs_off());
	{
		auto guard = lock.lock_bh();
		CHECK(context_softirqs_off() && !is_free(lock));
		++*guard;
	}
	CHECK(!context_softirqs_off() && is_free(lock));
	return true;
}

bool mutex_is_held_as_long_as_its_guard()
{
	Mutex<int> lock{LOCK_CLASS("mutex held"), 1};
	{
		auto guard = lock.lock();
		CHECK(!is_free(lock));
		++*guard;
	}
	{
		auto guard = lock.lock_interruptible();
		CHECK(guard);
		CHECK(!is_free(lock));
		++*guard;
	}
	CHECK(is_free(lock) && value_of(lock) == 3);
	return true;
}

bool mutex_wait_is_ended_by_a_signal()
{
	Mutex<int> lock{LOCK_CLASS("mutex signal")};
	Completion held;
	Completion enough;
	auto thread = TAKE(KThread::run("kcxx-holder", [&] {
		auto guard = lock.lock();
		held.complete();
		enough.wait();
		++*guard;
	}));
	held.wait();
	context_send_signal();
	const bool got = [&] {
		auto guard = lock.lock_interruptible();
		return static_cast<bool>(guard) || guard.error() != EINTR;
	}();
	context_flush_signals();
	enough.complete();
	thread.join();
	CHECK(!got);
	CHECK(is_free(lock) && value_of(lock) == 1);
	return true;
}

bool rw_semaphore_has_many_readers_or_one_writer()
{
	RwSemaphore<int> lock{LOCK_CLASS("semaphore held"), 1};
	{
		auto reader = lock.read();
		// In another task: a task that reads twice may meet a writer between.
		bool reads = false;
		bool writes = true;
		TAKE(KThread::run("kcxx-other", [&] {
			reads = static_cast<bool>(lock.try_read());
			writes = static_cast<bool>(lock.try_write());
		})).join();
		CHECK(reads && !writes);
		CHECK(*reader == 1);
	}
	{
		auto writer = lock.write();
		bool reads = true;
		TAKE(KThread::run("kcxx-other", [&] {
			reads = static_cast<bool>(lock.try_read());
		})).join();
		CHECK(!reads);
		++*writer;
	}
	{
		auto writer = lock.try_write();
		CHECK(writer);
		++*writer;
	}
	CHECK(*lock.read() == 3);
	return true;
}

// Enough of them that a writer comes while they are copied
using Numbers = std::array<long, 64>;

bool seqlock_readers_see_no_half_of_a_write()
{
	SeqLock<Numbers> lock{LOCK_CLASS("seq")};
	auto thread = TAKE(KThread::run("kcxx-writer", [&] {
		for (long i = 1; !KThread::should_stop(); ++i) {
			lock.write()->fill(i);
			cond_resched();
		}
	}));
	long last = 0;
	bool whole = true;
	for (int i = 0; i < 100000 || last < 100; ++i) {
		const Numbers now = lock.read();
		for (const long number : now)
			whole = whole && number == now.front();
		whole = whole && now.front() >= last;
		last = now.front();
		cond_resched();
	}
	thread.stop();
	CHECK(whole);
	{
		auto guard = lock.write_irqsave();
		CHECK(context_irqs_off());
		guard->front() = 1;
	}
	CHECK(lock.read().front() == 1 && !context_irqs_off());
	return true;
}

bool locked_by_leads_to_its_data()
{
	struct Bus {
		int devices;
	};
	RwSemaphore<Bus> bus{LOCK_CLASS("bus"), 1};
	LockedBy<int, RwSemaphore<Bus>> speed{bus, 4};
	{
		auto guard = bus.write();
		speed.access(guard) += guard->devices;
	}
	auto guard = bus.read();
	static_assert(std::is_same_v<decltype(speed.access(guard)), const int &>);
	CHECK(speed.access(guard) == 5);
	return true;
}

constexpr int rounds = 2000;

// Adds one, slowly: what is not excluded comes between.
void count(int &counter)
{
	const int before = read_once(counter);
	spin(100);
	write_once(counter, before + 1);
}

// Like count(), but sleeps at times, so that others run even on one CPU.
void count_and_sleep(int &counter)
{
	const int before = read_once(counter);
	if (before % 500 == 0)
		sleep(Jiffies{1});
	write_once(counter, before + 1);
}

// Calls `add` in four threads at once, `rounds` times in each; false if a thread does not start.
template <typename Add>
bool four_threads(Add add)
{
	Atomic<int> begun;
	const auto work = [&] {
		begun.add(1);
		while (begun.read() < 4)
			cond_resched();
		for (int i = 0; i < rounds; ++i) {
			add();
			if (i % 16 == 0)
				cond_resched();
		}
	};
	auto first = TAKE(KThread::run("kcxx-count", work));
	auto second = TAKE(KThread::run("kcxx-count", work));
	auto third = TAKE(KThread::run("kcxx-count", work));
	auto fourth = TAKE(KThread::run("kcxx-count", work));
	for (auto *thread : {&first, &second, &third, &fourth})
		thread->join();
	return true;
}

bool counts_of_four_threads_are_exact()
{
	SpinLock<int> spin{LOCK_CLASS("spin count")};
	SpinLock<int> irq{LOCK_CLASS("irq count")};
	SpinLock<int> bh{LOCK_CLASS("bh count")};
	RawSpinLock<int> raw{LOCK_CLASS("raw count")};
	Mutex<int> mutex{LOCK_CLASS("mutex count")};
	RwSemaphore<int> semaphore{LOCK_CLASS("semaphore count")};
	SeqLock<int> seq{LOCK_CLASS("seq count")};
	CHECK(four_threads([&] {
		count(*spin.lock());
		count(*irq.lock_irqsave());
		count(*bh.lock_bh());
		count(*raw.lock());
		count(*seq.write());
		count_and_sleep(*mutex.lock());
		count_and_sleep(*semaphore.write());
	}));
	CHECK(value_of(spin) == 4 * rounds && value_of(irq) == 4 * rounds);
	CHECK(value_of(bh) == 4 * rounds && value_of(raw) == 4 * rounds);
	CHECK(value_of(mutex) == 4 * rounds && seq.read() == 4 * rounds);
	CHECK(*semaphore.read() == 4 * rounds);
	return true;
}

// Shows that the counts above are right because of the locks.
bool counts_of_four_threads_are_wrong_without_a_lock()
{
	int counter = 0;
	CHECK(four_threads([&] { count_and_sleep(counter); }));
	CHECK(counter < 4 * rounds);
	return true;
}

// Locks for /proc/lockdep: three of one declaration, and two declarations of one type
struct Node {
	Mutex<int> mutex{LOCK_CLASS("kcxx node")};
	SpinLock<int> left{LOCK_CLASS("kcxx left")};
	SpinLock<int> right{LOCK_CLASS("kcxx right")};
};

struct Locks {
	Locks()
	{
		BEHAVES(data_lives_as_long_as_its_lock);
		BEHAVES(spinlock_is_held_as_long_as_its_guard);
		BEHAVES(raw_spinlock_is_held_as_long_as_its_guard);
		BEHAVES(irqsave_keeps_interrupts_off_and_restores_them);
		BEHAVES(bh_keeps_softirqs_off);
		BEHAVES(lock_that_an_interrupt_takes_keeps_interrupts_off);
		BEHAVES(lock_that_a_softirq_takes_keeps_softirqs_off);
		BEHAVES(mutex_is_held_as_long_as_its_guard);
		BEHAVES(mutex_wait_is_ended_by_a_signal);
		BEHAVES(rw_semaphore_has_many_readers_or_one_writer);
		BEHAVES(seqlock_readers_see_no_half_of_a_write);
		BEHAVES(locked_by_leads_to_its_data);
		BEHAVES(counts_of_four_threads_are_exact);
		BEHAVES(counts_of_four_threads_are_wrong_without_a_lock);
		for (Node &node : nodes_) {
			auto mutex = node.mutex.lock();
			auto left = node.left.lock();
			auto right = node.right.lock();
			*mutex += *left + *right;
		}
	}

	static Result<Locks> init(ThisModule & /*self*/) { return Result<Locks>{std::in_place}; }

	std::array<Node, 3> nodes_;
};

} // namespace

KERNEL_MODULE(Locks);
