// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Reference counts that saturate. C API: <linux/refcount.h>.

#pragma once

#include <generated/bindings/sync/refcount.hpp>

struct refcount_struct;

namespace kernel
{

/// A refcount_t. A count that overflows, or goes up from 0, stays where it is for good and the
/// kernel warns: the object leaks, which is better than a use after free. Drivers use Arc; this
/// class is for objects that C counts too.
///
/// Context: any.
class Refcount
{
public:
	/// See Sync.
	static constexpr bool is_sync = true;

	/// Counts `n` references: refcount_set().
	// NOLINTNEXTLINE(*-member-init): the kernel sets it
	explicit Refcount(int n) noexcept
	{
		// SAFETY: the room is a refcount_t's, and no other code knows it yet.
		bindings::refcount_set(raw(), n);
	}

	Refcount(const Refcount &) = delete;
	Refcount &operator=(const Refcount &) = delete;
	~Refcount() = default;

	/// One reference more: refcount_inc().
	void inc() noexcept
	{
		// SAFETY: raw() is a refcount_t that was set.
		bindings::refcount_inc(raw());
	}

	/// Returns true if this was the last reference: then all that other holders did
	/// happened before
	[[nodiscard]] bool dec_and_test() noexcept
	{
		// SAFETY: raw() is a refcount_t that was set.
		return bindings::refcount_dec_and_test(raw());
	}

	/// Returns true if the caller has the only reference: then all that other holders did
	/// happened before
	[[nodiscard]] bool is_one() noexcept
	{
		// SAFETY: raw() is a refcount_t that was set.
		return bindings::kcxx_refcount_is_one(raw());
	}

	/// C's refcount_t.
	[[nodiscard]] struct refcount_struct *raw() noexcept
	{
		return reinterpret_cast<struct refcount_struct *>(room_);
	}

private:
	// NOLINTNEXTLINE(*-avoid-c-arrays): room for C's object
	alignas(::refcount_t) unsigned char room_[sizeof(::refcount_t)];
};

} // namespace kernel
