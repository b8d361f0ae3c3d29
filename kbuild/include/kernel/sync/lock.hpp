// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The common part of locks that own what they protect. C API: none.

#pragma once

#include <utility>

#include <kernel/error.hpp>
#include <kernel/sync/guard.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/types/opaque.hpp>

namespace kernel::detail
{

/// For guards without a state, such as the interrupt flags
struct NoState {
};

/// A lock of C's and the T that it protects. A Backend has
///
///     using Raw = ::mutex;                                // C's struct
///     static void init(Raw *lock, LockClass &lock_class);
///
/// and perhaps destroy(Raw *), and a Way for each kind of guard: see Guard and TryGuard.
template <typename Backend, typename T>
class Lock : public ReachedByGuard
{
public:
	/// See Sync.
	static constexpr bool is_sync = true;

	Lock(const Lock &) = delete;
	Lock &operator=(const Lock &) = delete;

protected:
	using Raw = typename Backend::Raw;

	template <typename... Arguments>
	explicit Lock(LockClass &lock_class, Arguments &&...arguments)
	    : data_(std::forward<Arguments>(arguments)...)
	{
		// SAFETY: lock_ has room for it, and the class lives as long as the module.
		Backend::init(raw(), lock_class);
	}

	~Lock()
	{
		// SAFETY: the constructor initialised it; the guards, which refer to it, are gone.
		if constexpr (requires { Backend::destroy(raw()); })
			Backend::destroy(raw());
	}

	// A const lock is taken as well, and what it holds is the holder's to change.
	[[nodiscard]] T &data() const noexcept { return data_; }
	[[nodiscard]] Raw *raw() const noexcept { return lock_.get(); }

private:
	template <typename, typename, typename>
	friend class kernel::Guard;
	template <typename, typename, typename>
	friend class kernel::TryGuard;

	mutable Opaque<Raw> lock_;
	mutable T data_;
};

/// 0 if C's trylock function took the lock, else the negative errno for TryGuard
[[nodiscard]] constexpr int tried(int taken) noexcept
{
	return taken != 0 ? 0 : EBUSY.to_errno();
}

} // namespace kernel::detail
