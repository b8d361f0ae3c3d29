// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Spinlocks that own what they protect. C API: <linux/spinlock.h>.
///
/// Between lock() and the end of the guard the task may not sleep: Clang refuses calls of
/// functions that are declared KCXX_MAY_SLEEP. (On PREEMPT_RT a SpinLock itself sleeps; the
/// rule holds there too, because the source is the same.)

#pragma once

#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/guard.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/sync/thread_safety.hpp>
#include <kernel/types/lifetime.hpp>
#include <kernel/types/opaque.hpp>

struct spinlock;

namespace kernel
{

/// A T that only the holder of the lock reaches:
///
///     kernel::SpinLock<Statistics> statistics_{LOCK_CLASS("statistics")};
///     …
///     auto statistics = statistics_.lock();
///     statistics->packets++;
///
/// Lives in the module object or in memory of its own (Box), never in a global
/// variable: the kernel runs no constructors. Does not move.
template <typename T>
class KCXX_CAPABILITY("spinlock") SpinLock : public AtomicContext, public detail::ReachedByGuard
{
	struct Plain {
		struct State {
		};

		// SAFETY, of all three: lock_ was initialised by the constructor; a guard
		// unlocks what it locked, once, with the flags it got.
		static State lock(SpinLock &lock)
		{
			kcxx_spin_lock(lock.lock_.get());
			return {};
		}
		static void unlock(SpinLock &lock, State /*state*/)
		{
			kcxx_spin_unlock(lock.lock_.get());
		}
	};

	struct Irq {
		using State = unsigned long; // the interrupt flags

		static State lock(SpinLock &lock)
		{
			return kcxx_spin_lock_irqsave(lock.lock_.get());
		}
		static void unlock(SpinLock &lock, State flags)
		{
			kcxx_spin_unlock_irqrestore(lock.lock_.get(), flags);
		}
	};

	struct Bh {
		using State = Plain::State;

		static State lock(SpinLock &lock)
		{
			kcxx_spin_lock_bh(lock.lock_.get());
			return {};
		}
		static void unlock(SpinLock &lock, State /*state*/)
		{
			kcxx_spin_unlock_bh(lock.lock_.get());
		}
	};

public:
	using Guard = kernel::Guard<SpinLock, Plain, T>;
	using IrqGuard = kernel::Guard<SpinLock, Irq, T>;
	using BhGuard = kernel::Guard<SpinLock, Bh, T>;
	using TryGuard = kernel::TryGuard<SpinLock, Plain, T>;

	/// Makes an unlocked lock, with a T made from `arguments`. Context: as T's constructor.
	template <typename... Arguments>
	explicit SpinLock(LockClass &lock_class, Arguments &&...arguments)
	    : data_(std::forward<Arguments>(arguments)...)
	{
		// SAFETY: lock_ has room for it, and the class lives as long as the module.
		kcxx_spin_lock_init(lock_.get(), lock_class.name(), lock_class.key());
	}

	SpinLock(const SpinLock &) = delete;
	SpinLock &operator=(const SpinLock &) = delete;
	~SpinLock() = default;

	/// Locks data that interrupts and softirqs do not use. Context: any but interrupts and
	/// softirqs.
	[[nodiscard]] Guard lock() KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return Guard{*this, data_};
	}

	/// Locks data that interrupt handlers use too, with interrupts off. Context: any.
	[[nodiscard]] IrqGuard lock_irqsave() KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return IrqGuard{*this, data_};
	}

	/// Locks data that softirqs use too (timers, the network's receive path). Context: any
	/// but interrupt handlers.
	[[nodiscard]] BhGuard lock_bh() KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return BhGuard{*this, data_};
	}

	/// Like lock(), but returns EBUSY instead of waiting. Context: any.
	[[nodiscard]] TryGuard try_lock() KCXX_LIFETIMEBOUND
		KCXX_EXCLUDES(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return TryGuard{*this, data_, [this](auto & /*state*/) {
					// SAFETY: lock_ was initialised by the constructor.
					return kcxx_spin_trylock(lock_.get()) != 0
						       ? 0
						       : EBUSY.to_errno();
				}};
	}

private:
	Opaque<::spinlock> lock_;
	T data_;
};

} // namespace kernel
