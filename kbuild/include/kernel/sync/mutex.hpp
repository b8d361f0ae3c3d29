// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Mutexes that own what they protect. C API: <linux/mutex.h>.

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

struct mutex;

namespace kernel
{

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
class KCXX_CAPABILITY("mutex") Mutex : public detail::ReachedByGuard
{
	struct Way {
		struct State {
		};

		// SAFETY, of both: lock_ was initialised by the constructor; a guard unlocks
		// what it locked, once, in the task that did.
		static State lock(Mutex &lock)
		{
			kcxx_mutex_lock(lock.lock_.get());
			return {};
		}
		static void unlock(Mutex &lock, State /*state*/)
		{
			kcxx_mutex_unlock(lock.lock_.get());
		}
	};

	struct Interruptible : Way {
		static constexpr bool may_sleep = true;
	};

public:
	using Guard = kernel::Guard<Mutex, Way, T>;
	using TryGuard = kernel::TryGuard<Mutex, Way, T>;
	using InterruptibleGuard = kernel::TryGuard<Mutex, Interruptible, T>;

	/// Makes an unlocked lock, with a T made from `arguments`. Context: as T's constructor.
	template <typename... Arguments>
	explicit Mutex(LockClass &lock_class, Arguments &&...arguments)
	    : data_(std::forward<Arguments>(arguments)...)
	{
		// SAFETY: lock_ has room for it, and the class lives as long as the module.
		kcxx_mutex_init(lock_.get(), lock_class.name(), lock_class.key());
	}

	Mutex(const Mutex &) = delete;
	Mutex &operator=(const Mutex &) = delete;

	// SAFETY: initialised by the constructor; the guards, which refer to it, are gone.
	~Mutex() { kcxx_mutex_destroy(lock_.get()); }

	/// Context: may sleep.
	[[nodiscard]] Guard lock() KCXX_LIFETIMEBOUND
		KCXX_ACQUIRE(this) KCXX_MAY_SLEEP KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return Guard{*this, data_};
	}

	/// Like lock(), but a signal ends the wait.
	///
	/// Errors: EINTR. Context: may sleep; a system call's.
	[[nodiscard]] InterruptibleGuard lock_interruptible() KCXX_LIFETIMEBOUND
		KCXX_EXCLUDES(this) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return InterruptibleGuard{*this, data_, [this](auto & /*state*/) {
						  // SAFETY: lock_ was initialised by the
						  // constructor.
						  return kcxx_mutex_lock_interruptible(lock_.get());
					  }};
	}

	/// Like lock(), but does not wait.
	///
	/// Errors: EBUSY. Context: a task's; does not sleep.
	[[nodiscard]] TryGuard try_lock() KCXX_LIFETIMEBOUND
		KCXX_EXCLUDES(this) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return TryGuard{*this, data_, [this](auto & /*state*/) {
					// SAFETY: lock_ was initialised by the constructor.
					return kcxx_mutex_trylock(lock_.get()) != 0
						       ? 0
						       : EBUSY.to_errno();
				}};
	}

private:
	Opaque<::mutex> lock_;
	T data_;
};

} // namespace kernel
