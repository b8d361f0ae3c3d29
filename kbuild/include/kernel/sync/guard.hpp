// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Guards: a lock that is held, and the way to the data it protects. Locks make them;
/// see <kernel/sync/spinlock.hpp>, <kernel/sync/mutex.hpp>, <kernel/sync/rwsem.hpp>,
/// <kernel/sync/seqlock.hpp>. C API: none.

#pragma once

#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/thread_safety.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

class WaitQueue;

namespace detail
{

/// A base of locks. Without it a compiler does not name the lock whose guard was forgotten,
/// and kbuild/remedies.tsv cannot explain the error.
struct ReachedByGuard {
	void operator++() = delete;
	void operator--() = delete;
	void operator++(int) = delete;
	void operator--(int) = delete;
	void operator+=(const auto &) = delete;
	void operator-=(const auto &) = delete;
	void operator*=(const auto &) = delete;
	void operator/=(const auto &) = delete;
	void operator%=(const auto &) = delete;
	void operator&=(const auto &) = delete;
	void operator|=(const auto &) = delete;
	void operator^=(const auto &) = delete;
	void operator<<=(const auto &) = delete;
	void operator>>=(const auto &) = delete;
};

} // namespace detail

/// Holds `Lock`, taken by `Way`, until the guard ends; `*` and `->` lead to the data. Neither
/// copied nor moved: it ends with its scope. Clang refuses a reference to the data that is kept
/// longer than the guard, and a guard without a name to the right of &&, || or ?:, which it
/// cannot follow.
///
/// A Way has `State lock(Raw *)` and `void unlock(Raw *, State)`, for the lock of C's.
template <typename Lock, typename Way, typename Data>
class [[nodiscard]] KCXX_SCOPED_CAPABILITY Guard
{
public:
	/// It stays where it was made: see Send.
	static constexpr bool is_send = false;

	/// The lock's class.
	using LockType = Lock;
	/// The protected data's type.
	using DataType = Data;

	Guard(const Guard &) = delete;
	Guard &operator=(const Guard &) = delete;

	/// Releases the lock. Context: that in which the guard was made.
	~Guard() KCXX_RELEASE() { Way::unlock(lock_.raw(), state_); }

	/// The protected data.
	[[nodiscard]] Data &operator*() const KCXX_LIFETIMEBOUND { return data_; }
	/// The protected data.
	[[nodiscard]] Data *operator->() const KCXX_LIFETIMEBOUND { return &data_; }

	/// True if this guard holds `lock`
	[[nodiscard]] bool holds(const Lock &lock) const noexcept { return &lock == &lock_; }

private:
	friend Lock;
	friend WaitQueue;

	explicit Guard(const Lock &lock, Data &data)
	    : lock_{lock}, data_{data}, state_{Way::lock(lock.raw())}
	{
	}

	/// Releases the lock while `sleep` runs
	template <typename Sleep>
	void unlocked(Sleep sleep)
	{
		Way::unlock(lock_.raw(), state_);
		sleep();
		state_ = Way::lock(lock_.raw());
	}

	const Lock &lock_;
	Data &data_;
	[[no_unique_address]] typename Way::State state_;
};

/// The result of an attempt to lock: a guard, or an Error. True if the lock is held; else `*`
/// and `->` BUG(). Use it like a Result, but without KTRY(), which it does not support: it
/// cannot move.
///
///     auto state = state_.lock_interruptible();
///     if (!state)
///             return state.error();
///
/// Its Way has `int take(Raw *, State &)` as well, which returns 0 or the negative errno.
template <typename Lock, typename Way, typename Data>
class [[nodiscard]] KCXX_SCOPED_CAPABILITY TryGuard
{
public:
	/// It stays where it was made: see Send.
	static constexpr bool is_send = false;

	/// The lock's class.
	using LockType = Lock;
	/// The protected data's type.
	using DataType = Data;

	TryGuard(const TryGuard &) = delete;
	TryGuard &operator=(const TryGuard &) = delete;

	~TryGuard() KCXX_RELEASE()
	{
		if (error_ == 0)
			Way::unlock(lock_.raw(), state_);
	}

	/// True if the lock is held
	template <typename W = Way>
	[[nodiscard]] explicit operator bool() const noexcept
		KCXX_TRY_ACQUIRE(true) KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return error_ == 0;
	}

	/// The same for a Way that sleeps. Clang checks here that the caller may sleep, because
	/// on a function that returns a guard Clang takes an excluded lock for a guarded one.
	template <typename W = Way>
		requires(W::may_sleep)
	[[nodiscard]] explicit operator bool() const noexcept
		KCXX_TRY_ACQUIRE(true) KCXX_MAY_SLEEP KCXX_NO_THREAD_SAFETY_ANALYSIS
	{
		return error_ == 0;
	}

	/// The reason why the lock is not held
	[[nodiscard]] Error error() const { return Error{-error_}; }

	/// The protected data; BUG()s if the lock is not held.
	[[nodiscard]] Data &operator*() const &KCXX_LIFETIMEBOUND { return checked(); }
	[[nodiscard]] Data &operator*() const && = delete; // of a TryGuard that was not checked
	/// The protected data; BUG()s if the lock is not held.
	[[nodiscard]] Data *operator->() const &KCXX_LIFETIMEBOUND { return &checked(); }
	[[nodiscard]] Data *operator->() const && = delete;

	/// True if this guard holds `lock`
	[[nodiscard]] bool holds(const Lock &lock) const noexcept
	{
		return error_ == 0 && &lock == &lock_;
	}

private:
	friend Lock;

	explicit TryGuard(const Lock &lock, Data &data)
	    : lock_{lock}, data_{data}, error_{Way::take(lock.raw(), state_)}
	{
	}

	[[nodiscard]] Data &checked() const
	{
		if (error_ != 0) [[unlikely]]
			bug("TryGuard: the lock is not held");
		return data_;
	}

	const Lock &lock_;
	Data &data_;
	[[no_unique_address]] typename Way::State state_{};
	int error_;
};

} // namespace kernel
