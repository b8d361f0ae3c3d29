// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Data that a lock elsewhere protects. C API: none; C states it in a comment.

#pragma once

#include <type_traits>
#include <utility>

#include <kernel/bug.hpp>
#include <kernel/sync/thread_safety.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

/// A T that a lock elsewhere protects, as the lock of a bus protects the state of each device
/// on it:
///
///     kernel::LockedBy<State, kernel::Mutex<Bus>> state_{bus.mutex()};
///     …
///     auto bus = bus_.mutex().lock();
///     state_.access(bus).speed = 3;
///
/// The lock outlives it.
template <typename T, typename Lock>
class LockedBy
{
public:
	/// Makes the T from `arguments`; `lock` protects it.
	template <typename... Arguments>
	explicit LockedBy(const Lock &lock KCXX_LIFETIMEBOUND, Arguments &&...arguments)
	    : lock_{&lock}, data_(std::forward<Arguments>(arguments)...)
	{
	}

	LockedBy(const LockedBy &) = delete;
	LockedBy &operator=(const LockedBy &) = delete;
	~LockedBy() = default;

	/// The data, for as long as `guard` lives; const for a reader's guard. BUG()s if
	/// the guard is another lock's.
	template <typename Guard>
		requires std::is_same_v<typename Guard::LockType, Lock>
	[[nodiscard]] auto &access(Guard &guard KCXX_LIFETIMEBOUND) const KCXX_LIFETIMEBOUND
	{
		if (!guard.holds(*lock_)) [[unlikely]]
			bug("LockedBy: another lock is held");
		if constexpr (std::is_const_v<typename Guard::DataType>)
			return std::as_const(data_);
		else
			return data_;
	}

private:
	const Lock *lock_;
	mutable T data_;
};

} // namespace kernel
