// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Completions: sleep until an event has happened. C API: <linux/completion.h>.

#pragma once

#include <expected>

#include <generated/bindings/sync/completion.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/time/jiffies.hpp>
#include <kernel/types/opaque.hpp>

struct completion;

namespace kernel
{

/// Counts the events that are complete and not yet waited for. Lives where locks may live;
/// outlives every task that waits; does not move.
class Completion
{
public:
	/// See Sync.
	static constexpr bool is_sync = true;

	/// No event is complete. Context: any.
	Completion()
	{
		// SAFETY: completion_ has room for it.
		bindings::init_completion(completion_.get());
	}

	Completion(const Completion &) = delete;
	Completion &operator=(const Completion &) = delete;
	~Completion() = default;

	// SAFETY, of all below: completion_ was initialised by the constructor; functions that
	// sleep are declared so.

	/// Wakes one waiter, or lets the next wait() return at once. Context: any.
	void complete() const { bindings::complete(completion_.get()); }

	/// Wakes all waiters, and lets every later wait() return at once. Context: any.
	void complete_all() const { bindings::complete_all(completion_.get()); }

	/// Resets the completion: no event is complete. Context: any, while no task waits.
	void reinit() const { bindings::reinit_completion(completion_.get()); }

	/// True if wait() would return at once. Context: any.
	[[nodiscard]] bool done() const { return bindings::completion_done(completion_.get()); }

	/// Does what wait() does, if it would return at once; else returns false. Context: any.
	[[nodiscard]] bool try_wait() const
	{
		return bindings::try_wait_for_completion(completion_.get());
	}

	/// Context: may sleep.
	void wait() const KCXX_MAY_SLEEP { bindings::wait_for_completion(completion_.get()); }

	/// Like wait(), but a signal ends it. Errors: ERESTARTSYS. Context: may sleep.
	Result<> wait_interruptible() const KCXX_MAY_SLEEP
	{
		return to_result(bindings::wait_for_completion_interruptible(completion_.get()));
	}

	/// Like wait(), for `timeout` at most; returns the time that is left.
	///
	/// Errors: ETIMEDOUT. Context: may sleep.
	Result<Jiffies> wait_timeout(Jiffies timeout) const KCXX_MAY_SLEEP
	{
		const unsigned long left = bindings::wait_for_completion_timeout(
			completion_.get(), static_cast<unsigned long>(timeout.count()));
		if (left == 0)
			return ETIMEDOUT;
		return Jiffies{static_cast<long>(left)};
	}

private:
	mutable Opaque<::completion> completion_;
};

} // namespace kernel
