// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Sequence locks that own what they protect. C API: <linux/seqlock.h>.

#pragma once

#include <type_traits>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/guard.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/sync/thread_safety.hpp>
#include <kernel/types/lifetime.hpp>
#include <kernel/types/opaque.hpp>

namespace kernel
{

/// A small T that is read often and written seldom: readers copy it, again if a writer
/// came between, and never keep a writer waiting. Writers spin for each other.
///
/// Lives in the module object or in memory of its own (Box), never in a global
/// variable: the kernel runs no constructors. Does not move.
template <typename T>
class KCXX_CAPABILITY("seqlock") SeqLock : public AtomicContext, public detail::ReachedByGuard
{
	static_assert(std::is_trivially_copyable_v<T>,
		      "readers copy it while it may be written, and throw such a copy away");

	struct Plain {
		struct State {
		};

		// SAFETY, of all four: lock_ was initialised by the constructor; a guard
		// unlocks what it locked, once, with the flags it got.
		static State lock(SeqLock &lock)
		{
			kcxx_write_seqlock(lock.lock_.get());
			return {};
		}
		static void unlock(SeqLock &lock, State /*state*/)
		{
			kcxx_write_sequnlock(lock.lock_.get());
		}
	};

	struct Irq {
		using State = unsigned long; // the interrupt flags

		static State lock(SeqLock &lock)
		{
			return kcxx_write_seqlock_irqsave(lock.lock_.get());
		}
		static void unlock(SeqLock &lock, State flags)
		{
			kcxx_write_sequnlock_irqrestore(lock.lock_.get(), flags);
		}
	};

public:
	using WriteGuard = kernel::Guard<SeqLock, Plain, T>;
	using IrqWriteGuard = kernel::Guard<SeqLock, Irq, T>;

	/// Makes an unlocked lock, with a T made from `arguments`. Context: as T's constructor.
	template <typename... Arguments>
	explicit SeqLock(LockClass &lock_class, Arguments &&...arguments)
	    : data_(std::forward<Arguments>(arguments)...)
	{
		// SAFETY: lock_ has room for it, and the class lives as long as the module.
		kcxx_seqlock_init(lock_.get(), lock_class.name(), lock_class.key(),
				  lock_class.inner_key());
	}

	SeqLock(const SeqLock &) = delete;
	SeqLock &operator=(const SeqLock &) = delete;
	~SeqLock() = default;

	/// Returns a copy that no writer changed meanwhile.
	///
	/// Context: any that cannot interrupt a writer; not while the caller itself writes.
	[[nodiscard]] T read() const KCXX_EXCLUDES(this)
	{
		for (;;) {
			// SAFETY, of both calls: lock_ was initialised by the constructor.
			const unsigned int start = kcxx_read_seqbegin(lock_.get());
			T copy = data_;
			if (kcxx_read_seqretry(lock_.get(), start) == 0) [[likely]]
				return copy;
		}
	}

	/// Context: any, if no interrupt or softirq reads or writes it.
	[[nodiscard]] WriteGuard write() KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return WriteGuard{*this, data_};
	}

	/// Locks data that interrupt handlers read or write too. Context: any.
	[[nodiscard]] IrqWriteGuard write_irqsave() KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this, this->no_sleep) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return IrqWriteGuard{*this, data_};
	}

private:
	Opaque<::seqlock_t> lock_;
	T data_;
};

} // namespace kernel
