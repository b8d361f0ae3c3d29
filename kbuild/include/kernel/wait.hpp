// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Waiting until something is so. C API: <linux/wait.h>.

#pragma once

#include <expected>

#include <generated/kcxx-layout.h>
#include <kernel/context.hpp>
#include <kernel/error.hpp>
#include <kernel/guard.hpp>
#include <kernel/jiffies.hpp>
#include <kernel/lockdep.hpp>
#include <kernel/opaque.hpp>
#include <kernel/sched.hpp>
#include <kernel/thread_safety.hpp>

struct wait_queue_head;
struct wait_queue_entry;

extern "C" {
void kcxx_init_waitqueue_head(wait_queue_head *queue, const char *name, lock_class_key *key);
void kcxx_init_wait_entry(wait_queue_entry *entry);
long kcxx_prepare_to_wait_event(wait_queue_head *queue, wait_queue_entry *entry, int state);
void kcxx_finish_wait(wait_queue_head *queue, wait_queue_entry *entry);
void kcxx_wake_up(wait_queue_head *queue);
void kcxx_wake_up_all(wait_queue_head *queue);
}

namespace kernel
{

/// Tasks that wait. What they wait for is data under a lock, whose guard the waiter
/// gives: the lock is free while it sleeps, and held whenever `until` looks.
///
///     auto queue = queue_.lock();
///     KTRY(filled_.wait_interruptible(queue, [](Queue &q) { return !q.empty(); }));
///
/// Or it is in atomics, and there is no guard. Whoever makes it so calls wake_one() or
/// wake_all() afterwards. Lives where locks may live; does not move.
class WaitQueue
{
public:
	/// One nobody waits in. Context: any.
	explicit WaitQueue(LockClass &lock_class)
	{
		// SAFETY: queue_ has room for it, and the class lives as long as the module.
		kcxx_init_waitqueue_head(queue_.get(), lock_class.name(), lock_class.key());
	}

	WaitQueue(const WaitQueue &) = delete;
	WaitQueue &operator=(const WaitQueue &) = delete;
	~WaitQueue() = default;

	/// The first that waits looks again: for what any of them can take. Context: any.
	void wake_one()
	{
		// SAFETY: queue_ was initialised by the constructor.
		kcxx_wake_up(queue_.get());
	}

	/// All that wait look again. Context: any.
	void wake_all()
	{
		// SAFETY: queue_ was initialised by the constructor.
		kcxx_wake_up_all(queue_.get());
	}

	/// Returns when `until()` is true. Context: may sleep.
	template <typename Until>
	void wait(Until until) KCXX_MAY_SLEEP
	{
		(void)wait_in(KCXX_TASK_UNINTERRUPTIBLE, forever, until, asleep);
	}

	/// Returns when `until(data)` is true. Context: may sleep, but for the guard's lock.
	template <typename Lock, typename Way, typename Data, typename Until>
	void wait(Guard<Lock, Way, Data> &guard, Until until)
	{
		(void)wait_in(KCXX_TASK_UNINTERRUPTIBLE, forever, looking(guard, until),
			      unlocked(guard));
	}

	/// As wait(), but a signal ends it. Errors: ERESTARTSYS. Context: as wait().
	template <typename Until>
	Result<> wait_interruptible(Until until) KCXX_MAY_SLEEP
	{
		KTRY(wait_in(KCXX_TASK_INTERRUPTIBLE, forever, until, asleep));
		return {};
	}

	template <typename Lock, typename Way, typename Data, typename Until>
	Result<> wait_interruptible(Guard<Lock, Way, Data> &guard, Until until)
	{
		KTRY(wait_in(KCXX_TASK_INTERRUPTIBLE, forever, looking(guard, until),
			     unlocked(guard)));
		return {};
	}

	/// As wait(), for so long at most; what is left of it then.
	///
	/// Errors: ETIMEDOUT. Context: as wait().
	template <typename Until>
	Result<Jiffies> wait_timeout(Jiffies timeout, Until until) KCXX_MAY_SLEEP
	{
		return wait_in(KCXX_TASK_UNINTERRUPTIBLE, timeout, until, asleep);
	}

	template <typename Lock, typename Way, typename Data, typename Until>
	Result<Jiffies> wait_timeout(Guard<Lock, Way, Data> &guard, Jiffies timeout, Until until)
	{
		return wait_in(KCXX_TASK_UNINTERRUPTIBLE, timeout, looking(guard, until),
			       unlocked(guard));
	}

	/// As wait_timeout(), but a signal ends it too.
	///
	/// Errors: ETIMEDOUT, ERESTARTSYS. Context: as wait().
	template <typename Until>
	Result<Jiffies> wait_interruptible_timeout(Jiffies timeout, Until until) KCXX_MAY_SLEEP
	{
		return wait_in(KCXX_TASK_INTERRUPTIBLE, timeout, until, asleep);
	}

	template <typename Lock, typename Way, typename Data, typename Until>
	Result<Jiffies> wait_interruptible_timeout(Guard<Lock, Way, Data> &guard, Jiffies timeout,
						   Until until)
	{
		return wait_in(KCXX_TASK_INTERRUPTIBLE, timeout, looking(guard, until),
			       unlocked(guard));
	}

	/// For C functions
	[[nodiscard]] wait_queue_head *raw() noexcept { return queue_.get(); }

private:
	using Entry = Opaque<wait_queue_entry, KCXX_SIZEOF_WAIT_QUEUE_ENTRY,
			     KCXX_ALIGNOF_WAIT_QUEUE_ENTRY>;

	static constexpr Jiffies forever{KCXX_MAX_SCHEDULE_TIMEOUT};

	static Jiffies asleep(Jiffies timeout)
	{
		// SAFETY: whoever waits may sleep; prepare_to_wait_event() set the state.
		return Jiffies{kcxx_schedule_timeout(timeout.count())};
	}

	/// asleep(), and others may have the lock
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

	/// What ___wait_event() does: in the queue first, then a look, so that none who
	/// wakes between is missed.
	template <typename Until, typename Sleep>
	Result<Jiffies> wait_in(int state, Jiffies timeout, Until until, Sleep sleep)
	{
		if (until())
			return timeout;
		Entry entry;
		// SAFETY: entry has room for it, and is taken out of the queue before it ends.
		kcxx_init_wait_entry(entry.get());
		Result<Jiffies> left{timeout};
		for (;;) {
			// SAFETY: queue_ and entry are initialised; a signal takes entry out.
			const long signal =
				kcxx_prepare_to_wait_event(queue_.get(), entry.get(), state);
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
		kcxx_finish_wait(queue_.get(), entry.get());
		if (!left)
			wake_one(); // one that came for us meanwhile is another's
		return left;
	}

	Opaque<wait_queue_head, KCXX_SIZEOF_WAIT_QUEUE_HEAD, KCXX_ALIGNOF_WAIT_QUEUE_HEAD> queue_;
};

} // namespace kernel
