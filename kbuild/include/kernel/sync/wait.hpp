// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Wait queues: sleep until a condition holds. C API: <linux/wait.h>.

#pragma once

#include <expected>

#include <generated/bindings/sync/wait.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/guard.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/sync/thread_safety.hpp>
#include <kernel/task/sched.hpp>
#include <kernel/time/jiffies.hpp>
#include <kernel/types/opaque.hpp>

struct wait_queue_head;
struct wait_queue_entry;

namespace kernel
{

/// A queue of waiting tasks. The condition is about data under a lock, whose guard the waiter
/// passes: the lock is released while it sleeps, and held whenever `until` runs.
///
///     auto queue = queue_.lock();
///     KTRY(filled_.wait_interruptible(queue, [](Queue &q) { return !q.empty(); }));
///
/// Without a guard, the condition is about atomics. Code that makes the condition true calls
/// wake_one() or wake_all() afterwards. Lives where locks may live; does not move.
class WaitQueue
{
public:
	/// See Sync.
	static constexpr bool is_sync = true;

	/// Makes an empty queue. Context: any.
	explicit WaitQueue(LockClass &lock_class)
	{
		// SAFETY: queue_ has room for it, and the class lives as long as the module.
		bindings::__init_waitqueue_head(queue_.get(), lock_class.name(), lock_class.key());
	}

	WaitQueue(const WaitQueue &) = delete;
	WaitQueue &operator=(const WaitQueue &) = delete;
	~WaitQueue() = default;

	/// Wakes the first waiter, which checks its condition again: for events that any one
	/// waiter can take. Context: any.
	void wake_one() const
	{
		// SAFETY: queue_ was initialised by the constructor.
		bindings::kcxx_wake_up(queue_.get());
	}

	/// Wakes all waiters, which check their conditions again. Context: any.
	void wake_all() const
	{
		// SAFETY: queue_ was initialised by the constructor.
		bindings::kcxx_wake_up_all(queue_.get());
	}

	/// Returns when `until()` is true. Context: may sleep.
	template <typename Until>
	void wait(Until until) const KCXX_MAY_SLEEP
	{
		(void)wait_in(KCXX_TASK_UNINTERRUPTIBLE, forever, until, asleep);
	}

	/// Returns when `until(data)` is true. Context: may sleep, but for the guard's lock.
	template <typename Lock, typename Way, typename Data, typename Until>
	void wait(Guard<Lock, Way, Data> &guard, Until until) const
	{
		(void)wait_in(KCXX_TASK_UNINTERRUPTIBLE, forever, looking(guard, until),
			      unlocked(guard));
	}

	/// Like wait(), but a signal ends it. Errors: ERESTARTSYS. Context: as wait().
	template <typename Until>
	Result<> wait_interruptible(Until until) const KCXX_MAY_SLEEP
	{
		KTRY(wait_in(KCXX_TASK_INTERRUPTIBLE, forever, until, asleep));
		return {};
	}

	/// The same with the lock of `guard` released while it sleeps.
	template <typename Lock, typename Way, typename Data, typename Until>
	Result<> wait_interruptible(Guard<Lock, Way, Data> &guard, Until until) const
	{
		KTRY(wait_in(KCXX_TASK_INTERRUPTIBLE, forever, looking(guard, until),
			     unlocked(guard)));
		return {};
	}

	/// Like wait(), for `timeout` at most; returns the time that is left.
	///
	/// Errors: ETIMEDOUT. Context: as wait().
	template <typename Until>
	Result<Jiffies> wait_timeout(Jiffies timeout, Until until) const KCXX_MAY_SLEEP
	{
		return wait_in(KCXX_TASK_UNINTERRUPTIBLE, timeout, until, asleep);
	}

	/// The same with the lock of `guard` released while it sleeps.
	template <typename Lock, typename Way, typename Data, typename Until>
	Result<Jiffies> wait_timeout(Guard<Lock, Way, Data> &guard, Jiffies timeout,
				     Until until) const
	{
		return wait_in(KCXX_TASK_UNINTERRUPTIBLE, timeout, looking(guard, until),
			       unlocked(guard));
	}

	/// Like wait_timeout(), but a signal ends it too.
	///
	/// Errors: ETIMEDOUT, ERESTARTSYS. Context: as wait().
	template <typename Until>
	Result<Jiffies> wait_interruptible_timeout(Jiffies timeout,
						   Until until) const KCXX_MAY_SLEEP
	{
		return wait_in(KCXX_TASK_INTERRUPTIBLE, timeout, until, asleep);
	}

	/// The same with the lock of `guard` released while it sleeps.
	template <typename Lock, typename Way, typename Data, typename Until>
	Result<Jiffies> wait_interruptible_timeout(Guard<Lock, Way, Data> &guard, Jiffies timeout,
						   Until until) const
	{
		return wait_in(KCXX_TASK_INTERRUPTIBLE, timeout, looking(guard, until),
			       unlocked(guard));
	}

	/// For C functions
	[[nodiscard]] wait_queue_head *raw() const noexcept { return queue_.get(); }

private:
	using Entry = Opaque<::wait_queue_entry>;

	static constexpr Jiffies forever{KCXX_MAX_SCHEDULE_TIMEOUT};

	static Jiffies asleep(Jiffies timeout)
	{
		// SAFETY: the waiter may sleep; prepare_to_wait_event() set the state.
		return Jiffies{bindings::schedule_timeout(timeout.count())};
	}

	/// Like asleep(), with the lock released
	template <typename Guard>
	static auto unlocked(Guard &guard)
	{
		return [&guard](Jiffies timeout) {
			guard.unlocked([&timeout] { timeout = asleep(timeout); });
			return timeout;
		};
	}

	template <typename Guard, typename Until>
	static auto looking(Guard &guard, Until &until)
	{
		return [&guard, &until] { return until(*guard); };
	}

	/// Does what ___wait_event() does: the task enters the queue before it checks the
	/// condition, so that it misses no wake-up between the two.
	template <typename Until, typename Sleep>
	Result<Jiffies> wait_in(int state, Jiffies timeout, Until until, Sleep sleep) const
	{
		if (until())
			return timeout;
		Entry entry;
		// SAFETY: entry has room for it, and is taken out of the queue before it ends.
		bindings::kcxx_init_wait_entry(entry.get());
		Result<Jiffies> left{timeout};
		for (;;) {
			// SAFETY: queue_ and entry are initialised; a signal takes entry out.
			const long signal =
				bindings::prepare_to_wait_event(queue_.get(), entry.get(), state);
			if (until())
				break;
			if (left->count() == 0)
				left = ETIMEDOUT;
			else if (signal != 0)
				left = ERESTARTSYS;
			if (!left)
				break;
			left = sleep(*left);
		}
		// SAFETY: entry was made to wait in queue_, or a signal took it out.
		bindings::finish_wait(queue_.get(), entry.get());
		if (!left)
			wake_one(); // pass on a wake-up that came meanwhile
		return left;
	}

	mutable Opaque<::wait_queue_head> queue_;
};

} // namespace kernel
