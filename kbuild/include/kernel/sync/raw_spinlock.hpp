// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Spinlocks that spin on PREEMPT_RT too, and own what they protect. C API:
/// <linux/spinlock.h>.

#pragma once

#include <generated/bindings/sync/raw_spinlock.hpp>
#include <kernel/sync/lock.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/sync/spinlock.hpp>

namespace kernel
{

namespace detail
{

// SAFETY, of all calls of C below: as for SpinLockBackend
/// raw_spinlock_t, whose functions are macros
struct RawSpinLockBackend {
	using Raw = ::raw_spinlock;

	static void init(Raw *lock, LockClass &lock_class)
	{
		bindings::kcxx_raw_spin_lock_init(lock, lock_class.name(), lock_class.key());
	}

	struct Plain {
		using State = NoState;

		static State lock(Raw *lock)
		{
			bindings::kcxx_raw_spin_lock(lock);
			return {};
		}
		static void unlock(Raw *lock, State /*state*/)
		{
			bindings::kcxx_raw_spin_unlock(lock);
		}
		static int take(Raw *lock, State & /*state*/)
		{
			return tried(bindings::kcxx_raw_spin_trylock(lock));
		}
	};

	struct Irq {
		using State = unsigned long; // the interrupt flags

		static State lock(Raw *lock) { return bindings::kcxx_raw_spin_lock_irqsave(lock); }
		static void unlock(Raw *lock, State flags)
		{
			bindings::kcxx_raw_spin_unlock_irqrestore(lock, flags);
		}
	};

	struct Bh {
		using State = NoState;

		static State lock(Raw *lock)
		{
			bindings::kcxx_raw_spin_lock_bh(lock);
			return {};
		}
		static void unlock(Raw *lock, State /*state*/)
		{
			bindings::kcxx_raw_spin_unlock_bh(lock);
		}
	};
};

} // namespace detail

/// A SpinLock that spins on PREEMPT_RT as well: for the scheduler and interrupt controllers.
/// Use a SpinLock otherwise.
template <typename T, typename From = FromTask>
using RawSpinLock = SpinningLock<T, typename From::template Taking<detail::RawSpinLockBackend>>;

} // namespace kernel
