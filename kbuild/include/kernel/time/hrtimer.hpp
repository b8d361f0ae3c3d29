// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Functions that run at an exact time, once or again and again. C API: <linux/hrtimer.h>.

#pragma once

#include <optional>
#include <type_traits>

#include <generated/bindings/time/hrtimer.hpp>
#include <kernel/module/live_objects.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/sync/rwonce.hpp>
#include <kernel/sync/shutdown_gate.hpp>
#include <kernel/time/ktime.hpp>
#include <kernel/types/callback.hpp>
#include <kernel/types/opaque.hpp>

struct hrtimer;

namespace kernel
{

/// The context of an HrTimer's function. On PREEMPT_RT both run in a softirq.
enum class HrTimerMode : unsigned int {
	hard = KCXX_HRTIMER_MODE_HARD, ///< in the interrupt; shares a SpinLock<T, FromIrq>
	soft = KCXX_HRTIMER_MODE_SOFT, ///< in a softirq; shares a SpinLock<T, FromSoftirq>
};

/// Calls a member function of the object it is a member of, at a time of the monotonic
/// clock:
///
///     std::optional<Nanoseconds> tick() KCXX_MUST_NOT_SLEEP; // 100_us: again, then
///     HrTimer<&Pwm::tick> timer_{*this};                     // the last member
///
/// The function returns nothing (void, or std::nullopt), or a period: then it runs again one
/// period after the time that this call was due, so that it does not drift. It does not run any
/// more when the HrTimer has ended: declare the HrTimer after the members that the function
/// uses. If those members can start it, call shutdown() in the destructor of the object.
///
/// Lives where locks may live. Does not move; a Closure<HrTimer> does.
template <auto Function>
class HrTimer : Opaque<::hrtimer>
{
	using Room = Opaque<::hrtimer>;
	using Owner = detail::OwnerOf<Function>;
	using Returned = detail::ReturnedBy<Function>;

	static_assert(detail::AtomicCallback<Function>,
		      "kcxx-E1476: a timer's function is declared KCXX_MUST_NOT_SLEEP");
	static_assert(
		std::is_void_v<Returned> || std::is_same_v<Returned, std::optional<Nanoseconds>>,
		"kcxx-E1477: an HrTimer's function returns void or std::optional<Nanoseconds>");

public:
	/// Makes a timer that is not started. Context: any.
	explicit HrTimer(Owner &owner, HrTimerMode mode = HrTimerMode::hard) noexcept
	    : owner_{owner}, mode_{static_cast<::hrtimer_mode>(mode)}
	{
		// SAFETY: the base has room for the C timer.
		bindings::kcxx_hrtimer_setup(this->get(), entry, mode_);
	}

	/// Has the parameters of other timers; the lock class is not used
	explicit HrTimer(LockClass & /*lock_class*/, Owner &owner,
			 HrTimerMode mode = HrTimerMode::hard) noexcept
	    : HrTimer{owner, mode}
	{
	}

	HrTimer(const HrTimer &) = delete;
	HrTimer &operator=(const HrTimer &) = delete;

	/// Calls shutdown()
	~HrTimer() KCXX_MAY_SLEEP
	{
		shutdown();
		// SAFETY: the timer does not run, and cannot be started.
		bindings::kcxx_hrtimer_destroy(this->get());
	}

	// SAFETY, of all below: the constructor set the timer up; functions that wait are
	// declared so.

	/// Runs the function when `delay` has passed, in place of an earlier start(); never
	/// after shutdown(). Context: any.
	void start(Nanoseconds delay)
	{
		start(delay.count(), static_cast<::hrtimer_mode>(mode_ | KCXX_HRTIMER_MODE_REL));
	}

	/// Like start(), at a point of time; at once if that has passed.
	void start_at(Ktime when) { start(when.since_boot().count(), mode_); }

	/// True if the function is due, or runs. Context: any.
	[[nodiscard]] bool active() const { return bindings::hrtimer_active(this->get()) != 0; }

	/// The number of periods that passed without a call of their own, because a call was
	/// late. Context: any.
	[[nodiscard]] unsigned long missed() const noexcept { return read_once(missed_); }

	/// Cancels the timer, unless the function has begun. Returns true if the function was
	/// due and does not run. Context: any.
	bool try_cancel() { return bindings::hrtimer_try_to_cancel(this->get()) > 0; }

	/// Cancels the timer, and waits for a function that has begun. Returns true if it was
	/// active. The timer can be started again. Context: may sleep; not the function.
	bool cancel() KCXX_MAY_SLEEP { return bindings::kcxx_hrtimer_cancel(this->get()) != 0; }

	/// Like cancel(), but the timer cannot be started again. Context: as cancel().
	void shutdown() KCXX_MAY_SLEEP
	{
		gate_.shut();
		bindings::kcxx_hrtimer_cancel(this->get());
	}

private:
	void start(long long when, ::hrtimer_mode mode)
	{
		gate_.pass([this, when, mode] {
			bindings::hrtimer_start(this->get(), when, mode);
			return true;
		});
	}

	/// A function of the type that the kernel calls
	static hrtimer_restart entry(struct hrtimer *raw)
	{
		auto *timer = static_cast<HrTimer *>(Room::of(raw));
		detail::in_atomic_context();
		if constexpr (std::is_void_v<Returned>) {
			(timer->owner_.*Function)();
			return ::HRTIMER_NORESTART;
		} else {
			return timer->again((timer->owner_.*Function)());
		}
	}

	hrtimer_restart again(std::optional<Nanoseconds> period)
	{
		if (!period)
			return ::HRTIMER_NORESTART;
		// SAFETY: the timer's function runs, and no other code moves the timer on.
		const unsigned long long periods =
			bindings::hrtimer_forward_now(this->get(), period->count());
		if (periods > 1)
			write_once(missed_, missed_ + static_cast<unsigned long>(periods - 1));
		return ::HRTIMER_RESTART;
	}

	[[no_unique_address]] detail::CountedLife<HrTimer> life_;
	Owner &owner_;
	::hrtimer_mode mode_;
	unsigned long missed_ = 0;
	detail::ShutdownGate gate_; // there is no hrtimer_shutdown()
};

template <>
struct detail::CallsOf<HrTimer> {
	using Returned = std::optional<Nanoseconds>;
	static constexpr bool atomic = true;
};

} // namespace kernel
