// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Reader-writer semaphores that own what they protect. C API: <linux/rwsem.h>.

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

struct rw_semaphore;

namespace kernel
{

/// A T that many tasks read at a time, or one writes; a task that waits sleeps. A reader's
/// guard leads to a const T.
///
/// Lives in the module object or in memory of its own (Box), never in a global
/// variable: the kernel runs no constructors. Does not move.
template <typename T>
class KCXX_CAPABILITY("rw_semaphore") RwSemaphore : public detail::ReachedByGuard
{
	struct Reader {
		struct State {
		};

		// SAFETY, of all four: lock_ was initialised by the constructor; a guard
		// gives up what it took, once, in the task that did.
		static State lock(RwSemaphore &lock)
		{
			kcxx_down_read(lock.lock_.get());
			return {};
		}
		static void unlock(RwSemaphore &lock, State /*state*/)
		{
			kcxx_up_read(lock.lock_.get());
		}
	};

	struct Writer {
		using State = Reader::State;

		static State lock(RwSemaphore &lock)
		{
			kcxx_down_write(lock.lock_.get());
			return {};
		}
		static void unlock(RwSemaphore &lock, State /*state*/)
		{
			kcxx_up_write(lock.lock_.get());
		}
	};

public:
	using ReadGuard = kernel::Guard<RwSemaphore, Reader, const T>;
	using WriteGuard = kernel::Guard<RwSemaphore, Writer, T>;
	using TryReadGuard = kernel::TryGuard<RwSemaphore, Reader, const T>;
	using TryWriteGuard = kernel::TryGuard<RwSemaphore, Writer, T>;

	/// Makes an unlocked semaphore, with a T made from `arguments`. Context: as T's
	/// constructor.
	template <typename... Arguments>
	explicit RwSemaphore(LockClass &lock_class, Arguments &&...arguments)
	    : data_(std::forward<Arguments>(arguments)...)
	{
		// SAFETY: lock_ has room for it, and the class lives as long as the module.
		kcxx_init_rwsem(lock_.get(), lock_class.name(), lock_class.key());
	}

	RwSemaphore(const RwSemaphore &) = delete;
	RwSemaphore &operator=(const RwSemaphore &) = delete;
	~RwSemaphore() = default;

	/// Context: may sleep. Not twice in one task: a writer may wait between.
	[[nodiscard]] ReadGuard read() KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE_SHARED(this) KCXX_MAY_SLEEP KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return ReadGuard{*this, data_};
	}

	/// Context: may sleep.
	[[nodiscard]] WriteGuard write() KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this) KCXX_MAY_SLEEP KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return WriteGuard{*this, data_};
	}

	/// Like read(), but does not wait. Errors: EBUSY. Context: does not sleep.
	[[nodiscard]] TryReadGuard try_read() KCXX_LIFETIMEBOUND
		KCXX_EXCLUDES(this) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return TryReadGuard{*this, data_, [this](auto & /*state*/) {
					    // SAFETY: lock_ was initialised by the constructor.
					    return kcxx_down_read_trylock(lock_.get()) != 0
							   ? 0
							   : EBUSY.to_errno();
				    }};
	}

	/// Like write(), but does not wait. Errors: EBUSY. Context: does not sleep.
	[[nodiscard]] TryWriteGuard try_write() KCXX_LIFETIMEBOUND
		KCXX_EXCLUDES(this) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return TryWriteGuard{*this, data_, [this](auto & /*state*/) {
					     // SAFETY: lock_ was initialised by the constructor.
					     return kcxx_down_write_trylock(lock_.get()) != 0
							    ? 0
							    : EBUSY.to_errno();
				     }};
	}

private:
	Opaque<::rw_semaphore> lock_;
	T data_;
};

} // namespace kernel
