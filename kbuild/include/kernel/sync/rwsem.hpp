// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Reader-writer semaphores that own what they protect. C API: <linux/rwsem.h>.

#pragma once

#include <utility>

#include <generated/bindings/sync/rwsem.hpp>
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

// SAFETY, of all calls of C below: as for MutexBackend

/// struct rw_semaphore
struct RwSemaphoreBackend {
	using Raw = ::rw_semaphore;

	static void init(Raw *lock, LockClass &lock_class)
	{
		bindings::kcxx_init_rwsem(lock, lock_class.name(), lock_class.key());
	}

	struct Reader {
		using State = NoState;

		static State lock(Raw *lock)
		{
			bindings::down_read(lock);
			return {};
		}
		static void unlock(Raw *lock, State /*state*/) { bindings::up_read(lock); }
		static int take(Raw *lock, State & /*state*/)
		{
			return tried(bindings::down_read_trylock(lock));
		}
	};

	struct Writer {
		using State = NoState;

		static State lock(Raw *lock)
		{
			bindings::down_write(lock);
			return {};
		}
		static void unlock(Raw *lock, State /*state*/) { bindings::up_write(lock); }
		static int take(Raw *lock, State & /*state*/)
		{
			return tried(bindings::down_write_trylock(lock));
		}
	};
};

} // namespace detail

/// A T that many tasks read at a time, or one writes; a task that waits sleeps. A reader's
/// guard leads to a const T.
///
/// Lives in the module object or in memory of its own (Box), never in a global
/// variable: the kernel runs no constructors. Does not move.
template <typename T>
class KCXX_CAPABILITY("rw_semaphore") RwSemaphore
    : public detail::Lock<detail::RwSemaphoreBackend, T>
{
	using Backend = detail::RwSemaphoreBackend;

public:
	/// Returned by read().
	using ReadGuard = kernel::Guard<RwSemaphore, Backend::Reader, const T>;
	/// Returned by write().
	using WriteGuard = kernel::Guard<RwSemaphore, Backend::Writer, T>;
	/// Returned by try_read().
	using TryReadGuard = kernel::TryGuard<RwSemaphore, Backend::Reader, const T>;
	/// Returned by try_write().
	using TryWriteGuard = kernel::TryGuard<RwSemaphore, Backend::Writer, T>;

	/// Makes an unlocked semaphore, with a T made from `arguments`. Context: as T's
	/// constructor.
	template <typename... Arguments>
	explicit RwSemaphore(LockClass &lock_class, Arguments &&...arguments)
	    : detail::Lock<Backend, T>(lock_class, std::forward<Arguments>(arguments)...)
	{
	}

	RwSemaphore(const RwSemaphore &) = delete;
	RwSemaphore &operator=(const RwSemaphore &) = delete;
	~RwSemaphore() = default;

	/// Locks the data for reading: down_read(). Not twice in one task: a writer may wait
	/// between. Context: may sleep.
	[[nodiscard]] ReadGuard read() const KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE_SHARED(this) KCXX_MAY_SLEEP KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return ReadGuard{*this, this->data()};
	}

	/// Locks the data for writing: down_write(). Context: may sleep.
	[[nodiscard]] WriteGuard write() const KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this) KCXX_MAY_SLEEP KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return WriteGuard{*this, this->data()};
	}

	/// Like read(), but does not wait. Errors: EBUSY. Context: does not sleep.
	[[nodiscard]] TryReadGuard try_read() const KCXX_LIFETIMEBOUND
		KCXX_EXCLUDES(this) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return TryReadGuard{*this, this->data()};
	}

	/// Like write(), but does not wait. Errors: EBUSY. Context: does not sleep.
	[[nodiscard]] TryWriteGuard try_write() const KCXX_LIFETIMEBOUND
		KCXX_EXCLUDES(this) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return TryWriteGuard{*this, this->data()};
	}
};

} // namespace kernel
