// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/atomic.hpp>
#include <kernel/completion.hpp>
#include <kernel/jiffies.hpp>
#include <kernel/kthread.hpp>
#include <kernel/mutex.hpp>
#include <kernel/safe.hpp>
#include <kernel/sched.hpp>
#include <kernel/spinlock.hpp>
#include <kernel/wait.hpp>

#include "checks.hpp"

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

bool wait_ends_when_it_is_so()
{
	Mutex<int> level{LOCK_CLASS("level")};
	WaitQueue risen{LOCK_CLASS("risen")};
	auto thread = TAKE(KThread::run("kcxx-rise", [&] {
		for (int i = 0; i < 3; ++i) {
			sleep(milliseconds(5));
			++*level.lock();
			risen.wake_all();
		}
	}));
	{
		auto guard = level.lock();
		risen.wait(guard, [](int &now) { return now == 3; });
		CHECK(*guard == 3 && !is_free(level));
	}
	thread.join();
	return true;
}

bool wait_gives_a_spinlock_back_while_it_sleeps()
{
	SpinLock<int> level{LOCK_CLASS("spin level")};
	WaitQueue risen{LOCK_CLASS("spin risen")};
	auto thread = TAKE(KThread::run("kcxx-rise", [&] {
		sleep(milliseconds(5));
		*level.lock_irqsave() = 7;
		risen.wake_all();
	}));
	{
		auto guard = level.lock_irqsave();
		risen.wait(guard, [](int &now) { return now == 7; });
		CHECK(*guard == 7 && context_irqs_off());
	}
	CHECK(!context_irqs_off());
	return true;
}

bool wait_without_a_lock_looks_at_atomics()
{
	Atomic<int> level;
	WaitQueue risen{LOCK_CLASS("atomic risen")};
	auto thread = TAKE(KThread::run("kcxx-rise", [&] {
		sleep(milliseconds(5));
		level.set_release(1);
		risen.wake_one();
	}));
	risen.wait([&] { return level.read_acquire() == 1; });
	return true;
}

bool wait_ends_in_time()
{
	Mutex<int> level{LOCK_CLASS("late level")};
	WaitQueue risen{LOCK_CLASS("late risen")};
	auto guard = level.lock();
	auto late = risen.wait_timeout(guard, milliseconds(20), [](int &now) { return now == 1; });
	CHECK(!late && late.error() == ETIMEDOUT);
	*guard = 1;
	auto soon = risen.wait_timeout(guard, seconds(5), [](int &now) { return now == 1; });
	CHECK(soon && *soon == seconds(5));
	auto both = risen.wait_interruptible_timeout(guard, milliseconds(20),
						     [](int &) { return false; });
	CHECK(!both && both.error() == ETIMEDOUT);
	return true;
}

bool wait_says_what_is_left_of_its_time()
{
	Atomic<int> level;
	WaitQueue risen{LOCK_CLASS("left risen")};
	auto thread = TAKE(KThread::run("kcxx-rise", [&] {
		sleep(milliseconds(30));
		level.set(1);
		risen.wake_all();
	}));
	auto left = risen.wait_timeout(seconds(60), [&] { return level.read() == 1; });
	CHECK(left && *left < seconds(60) && *left > seconds(30));
	return true;
}

bool wait_is_ended_by_a_signal()
{
	Mutex<int> level{LOCK_CLASS("signal level")};
	WaitQueue risen{LOCK_CLASS("signal risen")};
	auto guard = level.lock();
	context_send_signal();
	auto ended = risen.wait_interruptible(guard, [](int &now) { return now == 1; });
	auto timed = risen.wait_interruptible_timeout(seconds(9), [] { return false; });
	*guard = 1;
	auto so = risen.wait_interruptible(guard, [](int &now) { return now == 1; });
	context_flush_signals();
	CHECK(!ended && ended.error() == ERESTARTSYS && ended.error().to_errno() == -512);
	CHECK(!timed && timed.error() == ERESTARTSYS);
	CHECK(so); // a signal does not make it less so
	return true;
}

bool wake_one_wakes_one()
{
	struct Tokens {
		int free, taken, looks;
	};
	Mutex<Tokens> tokens{LOCK_CLASS("tokens")};
	WaitQueue more{LOCK_CLASS("more")};
	const auto take = [&] {
		auto guard = tokens.lock();
		more.wait(guard, [](Tokens &t) {
			++t.looks;
			return t.free > 0;
		});
		--guard->free;
		++guard->taken;
	};
	auto first = TAKE(KThread::run("kcxx-take", take));
	auto second = TAKE(KThread::run("kcxx-take", take));
	sleep(milliseconds(50)); // both wait
	const int looks = tokens.lock()->looks;
	tokens.lock()->free = 1;
	more.wake_one();
	sleep(milliseconds(50));
	const int looked = tokens.lock()->looks - looks;
	const int taken = tokens.lock()->taken;
	tokens.lock()->free = 1;
	more.wake_all();
	first.join();
	second.join();
	CHECK(looks == 4); // one before it queues, one after
	CHECK(looked == 1 && taken == 1);
	CHECK(tokens.lock()->taken == 2);
	return true;
}

bool completion_is_waited_for()
{
	Completion done;
	CHECK(!done.done() && !done.try_wait());
	done.complete();
	CHECK(done.try_wait() && !done.try_wait());
	auto late = done.wait_timeout(milliseconds(10));
	CHECK(!late && late.error() == ETIMEDOUT);
	{
		auto thread = TAKE(KThread::run("kcxx-done", [&] {
			sleep(milliseconds(5));
			done.complete();
			done.complete();
		}));
		done.wait();
	}
	CHECK(done.done());
	auto second = done.wait_timeout(seconds(1));
	CHECK(second && !done.done());
	done.complete_all();
	CHECK(done.wait_interruptible() && done.done());
	done.reinit();
	context_send_signal();
	auto ended = done.wait_interruptible();
	context_flush_signals();
	CHECK(!ended && ended.error() == ERESTARTSYS);
	return true;
}

bool thread_is_joined()
{
	int result = 0;
	auto thread = TAKE(KThread::run("kcxx-join", [&] {
		sleep(milliseconds(20));
		result = 42;
	}));
	thread.join();
	CHECK(result == 42);
	thread.join(); // there is none any more
	thread.stop();
	return true;
}

bool thread_ends_with_its_object()
{
	Completion begun;
	int ended = 0;
	{
		auto thread = TAKE(KThread::run("kcxx-end", [&] {
			begun.complete();
			while (!KThread::should_stop())
				sleep(milliseconds(1));
			++ended;
		}));
		begun.wait();
	}
	CHECK(ended == 1);
	return true;
}

bool thread_may_end_before_its_object()
{
	Atomic<int> ended;
	auto thread = TAKE(KThread::run("kcxx-early", [&] { ended.set(1); }));
	for (int i = 0; i < 1000 && ended.read() == 0; ++i)
		sleep(milliseconds(1));
	sleep(milliseconds(20)); // the task is gone by now
	thread.stop();
	CHECK(ended.read() == 1);
	return true;
}

/// The threads below share it
struct Course {
	Completion begun;
	Atomic<int> ended{0};

	void run() const
	{
		begun.complete();
		while (!KThread::should_stop())
			sleep(milliseconds(1));
		ended.add(1);
	}
};

bool thread_moves()
{
	auto course = TAKE(Arc<Course>::make(GFP_KERNEL));
	auto first = TAKE(KThread::run("kcxx-first", [mine = course.clone()] { mine->run(); }));
	auto second = TAKE(KThread::run("kcxx-second", [mine = course.clone()] { mine->run(); }));
	course->begun.wait();
	course->begun.wait();
	first = std::move(second); // the first ends
	CHECK(course->ended.read() == 1);
	KCXX_UNSAFE("an empty thread may be stopped, too")
	{
		second.stop();
	}
	KThread third{std::move(first)};
	CHECK(course->ended.read() == 1);
	third.stop();
	CHECK(course->ended.read() == 2);
	return true;
}

int alive;

struct Owned {
	Owned() { ++alive; }
	Owned(const Owned &) = delete;
	Owned &operator=(const Owned &) = delete;
	~Owned() { --alive; }
};

bool thread_owns_its_callable()
{
	{
		auto owned = TAKE(Box<Owned>::make(GFP_KERNEL));
		auto thread =
			TAKE(KThread::run("kcxx-own", [kept = std::move(owned)] { (void)kept; }));
		CHECK(!owned && alive == 1);
		thread.join();
		CHECK(alive == 1);
	}
	CHECK(alive == 0);
	return true;
}

struct Waiting {
	static Result<Waiting> init(ThisModule & /*self*/)
	{
		BEHAVES(wait_ends_when_it_is_so);
		BEHAVES(wait_gives_a_spinlock_back_while_it_sleeps);
		BEHAVES(wait_without_a_lock_looks_at_atomics);
		BEHAVES(wait_ends_in_time);
		BEHAVES(wait_says_what_is_left_of_its_time);
		BEHAVES(wait_is_ended_by_a_signal);
		BEHAVES(wake_one_wakes_one);
		BEHAVES(completion_is_waited_for);
		BEHAVES(thread_is_joined);
		BEHAVES(thread_ends_with_its_object);
		BEHAVES(thread_may_end_before_its_object);
		BEHAVES(thread_moves);
		BEHAVES(thread_owns_its_callable);
		return Waiting{};
	}
};

} // namespace

KERNEL_MODULE(Waiting);
