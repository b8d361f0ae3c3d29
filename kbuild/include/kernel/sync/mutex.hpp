// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Mutexes that own what they protect. C API: <linux/mutex.h>.

#pragma once

#include <utility>

#include <generated/bindings/sync/mutex.hpp>
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

// SAFETY, of all calls of C below: as for SpinLockBackend; the task that locked unlocks.

/// struct mutex, whose functions are macros with the lock validator
struct MutexBackend {
	using Raw = ::mutex;

	static void init(Raw *lock, LockClass &lock_class)
	{
		bindings::kcxx_mutex_init(lock, lock_class.name(), lock_class.key());
	}
	static void destroy(Raw *lock) { bindings::mutex_destroy(lock); }

	struct Plain {
		using State = NoState;

		static State lock(Raw *lock)
		{
			bindings::kcxx_mutex_lock(lock);
			return {};
		}
		static void unlock(Raw *lock, State /*state*/)
		{
			bindings::kcxx_mutex_unlock(lock);
		}
		static int take(Raw *lock, State & /*state*/)
		{
			return tried(bindings::kcxx_mutex_trylock(lock));
		}
	};

	struct Interruptible : Plain {
		static constexpr bool may_sleep = true;

		static int take(Raw *lock, State & /*state*/)
		{
			return bindings::kcxx_mutex_lock_interruptible(lock);
		}
	};
};

} // namespace detail

/// A T that only the holder of the lock reaches; a task that waits for it sleeps.
///
///     kernel::Mutex<Table> table_{LOCK_CLASS("table")};
///     …
///     auto table = table_.lock();
///     KTRY(table->push(entry, GFP_KERNEL));
///
/// Lives in the module object or in memory of its own (Box), never in a global
/// variable: the kernel runs no constructors. Does not move.
template <typename T>
class KCXX_CAPABILITY("mutex") Mutex : public detail::Lock<detail::MutexBackend, T>
{
	using Backend = detail::MutexBackend;

public:
	/// Returned by lock().
	using Guard = kernel::Guard<Mutex, Backend::Plain, T>;
	/// Returned by try_lock().
	using TryGuard = kernel::TryGuard<Mutex, Backend::Plain, T>;
	/// Returned by lock_interruptible().
	using InterruptibleGuard = kernel::TryGuard<Mutex, Backend::Interruptible, T>;

	/// Makes an unlocked lock, with a T made from `arguments`. Context: as T's constructor.
	template <typename... Arguments>
	explicit Mutex(LockClass &lock_class, Arguments &&...arguments)
	    : detail::Lock<Backend, T>(lock_class, std::forward<Arguments>(arguments)...)
	{
	}

	Mutex(const Mutex &) = delete;
	Mutex &operator=(const Mutex &) = delete;
	~Mutex() = default;

	/// Locks the data: mutex_lock(). Context: may sleep.
	[[nodiscard]] Guard lock() const KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this) KCXX_MAY_SLEEP KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return Guard{*this, this->data()};
	}

	/// Like lock(), but a signal ends the wait: mutex_lock_interruptible().
	///
	/// Errors: EINTR. Context: may sleep; a system call's.
	[[nodiscard]] InterruptibleGuard lock_interruptible() const KCXX_LIFETIMEBOUND
		KCXX_EXCLUDES(this) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return InterruptibleGuard{*this, this->data()};
	}

	/// Like lock(), but does not wait: mutex_trylock().
	///
	/// Errors: EBUSY. Context: a task's; does not sleep.
	[[nodiscard]] TryGuard try_lock() const KCXX_LIFETIMEBOUND
		KCXX_EXCLUDES(this) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return TryGuard{*this, this->data()};
	}
};

} // namespace kernel
