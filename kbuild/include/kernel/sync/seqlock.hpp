// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Sequence locks that own what they protect. C API: <linux/seqlock.h>.

#pragma once

#include <type_traits>
#include <utility>

#include <generated/bindings/sync/seqlock.hpp>
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

// SAFETY, of all calls of C below: as for SpinLockBackend

/// seqlock_t, as its writers take it
struct SeqLockBackend {
	using Raw = ::seqlock_t;

	static void init(Raw *lock, LockClass &lock_class)
	{
		bindings::kcxx_seqlock_init(lock, lock_class.name(), lock_class.key(),
					    lock_class.inner_key());
	}

	struct Plain {
		using State = NoState;

		static State lock(Raw *lock)
		{
			bindings::write_seqlock(lock);
			return {};
		}
		static void unlock(Raw *lock, State /*state*/) { bindings::write_sequnlock(lock); }
	};

	struct Irq {
		using State = unsigned long; // the interrupt flags

		static State lock(Raw *lock) { return bindings::kcxx_write_seqlock_irqsave(lock); }
		static void unlock(Raw *lock, State flags)
		{
			bindings::write_sequnlock_irqrestore(lock, flags);
		}
	};
};

} // namespace detail

/// A small T that is read often and written seldom: readers copy it, again if a writer
/// came between, and never keep a writer waiting. Writers spin for each other.
///
/// Lives in the module object or in memory of its own (Box), never in a global
/// variable: the kernel runs no constructors. Does not move.
template <typename T>
class KCXX_CAPABILITY("seqlock") SeqLock : public AtomicContext,
					   public detail::Lock<detail::SeqLockBackend, T>
{
	static_assert(
		std::is_trivially_copyable_v<T>,
		"kcxx-E1467: readers copy it while it may be written, and throw such a copy away");

	using Backend = detail::SeqLockBackend;

public:
	/// Returned by write().
	using WriteGuard = kernel::Guard<SeqLock, Backend::Plain, T>;
	/// Returned by write_irqsave().
	using IrqWriteGuard = kernel::Guard<SeqLock, Backend::Irq, T>;

	/// Makes an unlocked lock, with a T made from `arguments`. Context: as T's constructor.
	template <typename... Arguments>
	explicit SeqLock(LockClass &lock_class, Arguments &&...arguments)
	    : detail::Lock<Backend, T>(lock_class, std::forward<Arguments>(arguments)...)
	{
	}

	SeqLock(const SeqLock &) = delete;
	SeqLock &operator=(const SeqLock &) = delete;
	~SeqLock() = default;

	/// Returns a copy that no writer changed meanwhile: read_seqbegin(), read_seqretry().
	///
	/// Context: any that cannot interrupt a writer; not while the caller itself writes.
	[[nodiscard]] T read() const KCXX_EXCLUDES(this)
	{
		for (;;) {
			// SAFETY, of both calls: the constructor initialised the lock.
			const unsigned int start = bindings::read_seqbegin(this->raw());
			T copy = this->data();
			if (bindings::read_seqretry(this->raw(), start) == 0) [[likely]]
				return copy;
		}
	}

	/// Locks the data for writing: write_seqlock(). Context: any, if no interrupt or softirq
	/// reads or writes it.
	[[nodiscard]] WriteGuard write() const KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return WriteGuard{*this, this->data()};
	}

	/// Locks data that interrupt handlers read or write too: write_seqlock_irqsave().
	/// Context: any.
	[[nodiscard]] IrqWriteGuard write_irqsave() const KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return IrqWriteGuard{*this, this->data()};
	}
};

} // namespace kernel
