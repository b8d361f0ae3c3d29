// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Functions that run after a while, by the kernel's clock ticks. C API: <linux/timer.h>.
///
/// For shorter times and exact ones see <kernel/time/hrtimer.hpp>; where the function has to
/// sleep, DelayedWork of <kernel/task/workqueue.hpp>.

#pragma once

#include <type_traits>

#include <generated/bindings/time/timer.hpp>
#include <kernel/module/live_objects.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/sync/shutdown_gate.hpp>
#include <kernel/time/jiffies.hpp>
#include <kernel/types/callback.hpp>
#include <kernel/types/opaque.hpp>

struct timer_list;

namespace kernel
{

/// Calls a member function of the object it is a member of, once for each start(), which
/// the function may call itself:
///
///     class Pump {
///             void expired() KCXX_MUST_NOT_SLEEP;
///             kernel::SpinLock<State, kernel::FromSoftirq> state_{LOCK_CLASS("state")};
///             kernel::Timer<&Pump::expired> timer_{LOCK_CLASS("timer"), *this}; // the last
///     };
///
/// The function runs in a softirq: data that it shares is in a SpinLock<T, FromSoftirq>. When
/// the Timer has ended, the function does not run any more: declare the Timer after the members
/// that the function uses. If those members can start it, call shutdown() in the destructor of the
/// object.
///
/// Lives where locks may live. Does not move; a Closure<Timer> does.
template <auto Function>
class Timer : Opaque<::timer_list>
{
	using Room = Opaque<::timer_list>;
	using Owner = detail::OwnerOf<Function>;

	static_assert(detail::AtomicCallback<Function>,
		      "kcxx-E1476: a timer's function is declared KCXX_MUST_NOT_SLEEP");
	static_assert(std::is_void_v<detail::ReturnedBy<Function>>,
		      "kcxx-E1479: nobody takes what a timer's function returns");

public:
	/// Makes a timer that is not started. Context: any.
	explicit Timer(LockClass &lock_class, Owner &owner) noexcept : owner_{owner}
	{
		// SAFETY: the base has room for the C timer, and the class lives as long as the
		// module.
		bindings::kcxx_timer_setup(this->get(), entry, lock_class.name(), lock_class.key());
	}

	Timer(const Timer &) = delete;
	Timer &operator=(const Timer &) = delete;

	/// Calls shutdown()
	~Timer() KCXX_MAY_SLEEP
	{
		shutdown();
		// SAFETY: the timer does not run, and cannot be started.
		bindings::kcxx_timer_destroy(this->get());
	}

	// SAFETY, of all below: the constructor set the timer up; functions that wait are
	// declared so.

	/// Runs the function when `delay` has passed, in place of an earlier start(); never
	/// after shutdown(). Context: any.
	void start(Jiffies delay)
	{
		gate_.pass([this, delay] {
			bindings::kcxx_mod_timer(this->get(),
						 static_cast<unsigned long>(delay.count()));
			return true;
		});
	}

	/// True if the function is due. Context: any.
	[[nodiscard]] bool pending() const { return bindings::timer_pending(this->get()) != 0; }

	/// Cancels the timer, unless the function has begun. Returns true if it was pending.
	/// Context: any.
	bool try_cancel() { return bindings::kcxx_timer_delete(this->get()) != 0; }

	/// Cancels the timer, and waits for a function that has begun. Returns true if it was
	/// pending. The timer can be started again. Context: may sleep; not the function.
	bool cancel() KCXX_MAY_SLEEP { return bindings::kcxx_timer_delete_sync(this->get()) != 0; }

	/// Like cancel(), but the timer cannot be started again. Context: as cancel().
	void shutdown() KCXX_MAY_SLEEP
	{
		gate_.shut();
		bindings::kcxx_timer_shutdown_sync(this->get());
	}

private:
	using Gate = std::conditional_t<KCXX_TIMER_CAN_BE_SHUT_DOWN != 0, detail::NoShutdownGate,
					detail::ShutdownGate>;

	/// A function of the type that the kernel calls
	static void entry(timer_list *raw)
	{
		auto *timer = static_cast<Timer *>(Room::of(raw));
		detail::in_atomic_context();
		(timer->owner_.*Function)();
	}

	[[no_unique_address]] detail::CountedLife<Timer> life_;
	Owner &owner_;
	[[no_unique_address]] Gate gate_;
};

template <>
struct detail::CallsOf<Timer> {
	using Returned = void;
	static constexpr bool atomic = true;
};

} // namespace kernel
