// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Spinlocks that own what they protect. C API: <linux/spinlock.h>.
///
/// Between lock() and the end of the guard the task may not sleep: Clang refuses calls of
/// functions that are declared KCXX_MAY_SLEEP. (On PREEMPT_RT a SpinLock itself sleeps; the
/// rule holds there too, because the source is the same.)

#pragma once

#include <utility>

#include <generated/bindings/sync/spinlock.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/guard.hpp>
#include <kernel/sync/lock.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/sync/thread_safety.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

namespace detail
{

// SAFETY, of all calls of C below: a lock initialises its Raw before anything else; a guard
// unlocks what it locked, once, with the flags that it got.

/// spinlock_t
struct SpinLockBackend {
	using Raw = ::spinlock;

	static void init(Raw *lock, LockClass &lock_class)
	{
		bindings::kcxx_spin_lock_init(lock, lock_class.name(), lock_class.key());
	}

	struct Plain {
		using State = NoState;

		static State lock(Raw *lock)
		{
			bindings::spin_lock(lock);
			return {};
		}
		static void unlock(Raw *lock, State /*state*/) { bindings::spin_unlock(lock); }
		static int take(Raw *lock, State & /*state*/)
		{
			return tried(bindings::kcxx_spin_trylock(lock));
		}
	};

	struct Irq {
		using State = unsigned long; // the interrupt flags

		static State lock(Raw *lock) { return bindings::kcxx_spin_lock_irqsave(lock); }
		static void unlock(Raw *lock, State flags)
		{
			bindings::spin_unlock_irqrestore(lock, flags);
		}
	};

	struct Bh {
		using State = NoState;

		static State lock(Raw *lock)
		{
			bindings::spin_lock_bh(lock);
			return {};
		}
		static void unlock(Raw *lock, State /*state*/) { bindings::spin_unlock_bh(lock); }
	};
};

/// A lock with one way to take it, which keeps off who interrupts the holder
template <typename Backend, typename Way>
struct TakenOneWay : Backend {
	using Plain = Way;
	using OneWay = Way;
};

} // namespace detail

/// For a SpinLock that tasks alone take, or whose way is chosen at each call: see SpinLock.
struct FromTask {
	/// The functions of C that take the lock.
	template <typename Backend>
	using Taking = Backend;
};

/// For a SpinLock that a timer or another softirq takes as well: lock() keeps softirqs off.
struct FromSoftirq {
	/// The functions of C that take the lock.
	template <typename Backend>
	using Taking = detail::TakenOneWay<Backend, typename Backend::Bh>;
};

/// For a SpinLock that an interrupt takes as well: lock() keeps interrupts off.
struct FromIrq {
	/// The functions of C that take the lock.
	template <typename Backend>
	using Taking = detail::TakenOneWay<Backend, typename Backend::Irq>;
};

/// A T that only the holder of a spinning lock reaches: SpinLock or, of
/// <kernel/sync/raw_spinlock.hpp>, RawSpinLock
template <typename T, typename Backend>
class KCXX_CAPABILITY("spinlock") SpinningLock : public AtomicContext,
						 public detail::Lock<Backend, T>
{
	static constexpr bool any_way = !requires { typename Backend::OneWay; };

public:
	/// Returned by lock().
	using Guard = kernel::Guard<SpinningLock, typename Backend::Plain, T>;
	/// Returned by lock_irqsave().
	using IrqGuard = kernel::Guard<SpinningLock, typename Backend::Irq, T>;
	/// Returned by lock_bh().
	using BhGuard = kernel::Guard<SpinningLock, typename Backend::Bh, T>;
	/// Returned by try_lock().
	using TryGuard = kernel::TryGuard<SpinningLock, typename Backend::Plain, T>;

	/// Makes an unlocked lock, with a T made from `arguments`. Context: as T's constructor.
	template <typename... Arguments>
	explicit SpinningLock(LockClass &lock_class, Arguments &&...arguments)
	    : detail::Lock<Backend, T>(lock_class, std::forward<Arguments>(arguments)...)
	{
	}

	SpinningLock(const SpinningLock &) = delete;
	SpinningLock &operator=(const SpinningLock &) = delete;
	~SpinningLock() = default;

	/// Locks data that interrupts and softirqs do not use: spin_lock(). Context: any but
	/// interrupts and softirqs, which Clang refuses. A SpinLock<T, FromSoftirq> is taken by
	/// spin_lock_bh(), and one for FromIrq by spin_lock_irqsave(), in any context.
	template <bool AnyWay = any_way>
		requires AnyWay
	[[nodiscard]] Guard lock() const KCXX_LIFETIMEBOUND KCXX_ACQUIRE(this, this->no_sleep)
		KCXX_REQUIRES(!detail::asserted_context.no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return Guard{*this, this->data()};
	}

	/// The same with interrupts or softirqs off, as the type names. Context: any.
	template <bool AnyWay = any_way>
		requires(!AnyWay)
	[[nodiscard]] Guard lock() const KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return Guard{*this, this->data()};
	}

	/// Locks data that interrupt handlers use too, with interrupts off: spin_lock_irqsave().
	/// Context: any.
	[[nodiscard]] IrqGuard lock_irqsave() const KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		static_assert(any_way, "kcxx-E1468: the type of this SpinLock names who takes it: "
				       "lock() is the way");
		return IrqGuard{*this, this->data()};
	}

	/// Locks data that softirqs use too (timers, the network's receive path):
	/// spin_lock_bh(). Context: any but interrupt handlers.
	[[nodiscard]] BhGuard lock_bh() const KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		static_assert(any_way, "kcxx-E1468: the type of this SpinLock names who takes it: "
				       "lock() is the way");
		return BhGuard{*this, this->data()};
	}

	/// Like lock(), but does not wait: spin_trylock(). Errors: EBUSY. Context: any.
	[[nodiscard]] TryGuard try_lock() const KCXX_LIFETIMEBOUND
		KCXX_EXCLUDES(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		static_assert(any_way, "kcxx-E1468: the type of this SpinLock names who takes it: "
				       "lock() is the way");
		return TryGuard{*this, this->data()};
	}
};

/// A T that only the holder of the lock reaches:
///
///     kernel::SpinLock<Statistics> statistics_{LOCK_CLASS("statistics")};
///     …
///     auto statistics = statistics_.lock();
///     statistics->packets++;
///
/// A lock that an interrupt or a timer takes as well deadlocks if one of them comes while its
/// holder has not turned them off. The type makes that impossible: lock() of a
/// SpinLock<T, FromIrq> turns interrupts off wherever it is called, that of a
/// SpinLock<T, FromSoftirq> softirqs, and there is no other way to take it.
///
///     kernel::SpinLock<Samples, kernel::FromIrq> samples_{LOCK_CLASS("samples")};
///
/// Lives in the module object or in memory of its own (Box), never in a global
/// variable: the kernel runs no constructors. Does not move.
template <typename T, typename From = FromTask>
using SpinLock = SpinningLock<T, typename From::template Taking<detail::SpinLockBackend>>;

} // namespace kernel
