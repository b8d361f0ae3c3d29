// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Spinlocks that spin on PREEMPT_RT too, and own what they protect. C API:
/// <linux/spinlock.h>.

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

struct raw_spinlock;

namespace kernel
{

/// A SpinLock that spins on PREEMPT_RT as well: for the scheduler and interrupt controllers.
/// Use a SpinLock otherwise.
template <typename T>
class KCXX_CAPABILITY("raw spinlock") RawSpinLock : public AtomicContext,
						    public detail::ReachedByGuard
{
	struct Plain {
		struct State {
		};

		// SAFETY, of both: as for SpinLock.
		static State lock(RawSpinLock &lock)
		{
			kcxx_raw_spin_lock(lock.lock_.get());
			return {};
		}
		static void unlock(RawSpinLock &lock, State /*state*/)
		{
			kcxx_raw_spin_unlock(lock.lock_.get());
		}
	};

	struct Irq {
		using State = unsigned long; // the interrupt flags

		static State lock(RawSpinLock &lock)
		{
			return kcxx_raw_spin_lock_irqsave(lock.lock_.get());
		}
		static void unlock(RawSpinLock &lock, State flags)
		{
			kcxx_raw_spin_unlock_irqrestore(lock.lock_.get(), flags);
		}
	};

public:
	using Guard = kernel::Guard<RawSpinLock, Plain, T>;
	using IrqGuard = kernel::Guard<RawSpinLock, Irq, T>;
	using TryGuard = kernel::TryGuard<RawSpinLock, Plain, T>;

	/// Makes an unlocked lock, with a T made from `arguments`. Context: as T's constructor.
	template <typename... Arguments>
	explicit RawSpinLock(LockClass &lock_class, Arguments &&...arguments)
	    : data_(std::forward<Arguments>(arguments)...)
	{
		// SAFETY: lock_ has room for it, and the class lives as long as the module.
		kcxx_raw_spin_lock_init(lock_.get(), lock_class.name(), lock_class.key());
	}

	RawSpinLock(const RawSpinLock &) = delete;
	RawSpinLock &operator=(const RawSpinLock &) = delete;
	~RawSpinLock() = default;

	/// Locks data that interrupts do not use. Context: any but interrupts.
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

	/// Like lock(), but returns EBUSY instead of waiting. Context: any.
	[[nodiscard]] TryGuard try_lock() KCXX_LIFETIMEBOUND
		KCXX_EXCLUDES(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return TryGuard{*this, data_, [this](auto & /*state*/) {
					// SAFETY: lock_ was initialised by the constructor.
					return kcxx_raw_spin_trylock(lock_.get()) != 0
						       ? 0
						       : EBUSY.to_errno();
				}};
	}

private:
	Opaque<::raw_spinlock> lock_;
	T data_;
};

} // namespace kernel
