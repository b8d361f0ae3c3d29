// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The time in which a driver uses a resource of its device: a clock that runs, a supply that is
/// on, a device that is out of reset. C API: clk_disable_unprepare(), regulator_disable() and their
/// like.

#pragma once

#include <utility>

#include <kernel/sync/context.hpp>

namespace kernel
{

/// A use of a resource: it begins by a function of the resource, such as Clk::enable(), and ends
/// with this object. Moves, does not copy. Kind has the type of the resource, Resource, that of C's
/// pointer or pointers to it, Raw, whose default is no resource, and end(), which ends the use.
template <typename Kind>
class [[nodiscard]] ResourceUse
{
	using Raw = typename Kind::Raw;
	using Resource = typename Kind::Resource;

public:
	ResourceUse(const ResourceUse &) = delete;
	ResourceUse &operator=(const ResourceUse &) = delete;
	/// Leaves the other without a use.
	ResourceUse(ResourceUse &&other) noexcept : raw_{std::exchange(other.raw_, Raw{})} {}
	/// Takes the other's use, and leaves this one's to it.
	ResourceUse &operator=(ResourceUse &&other) noexcept
	{
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Ends the use. Context: may sleep.
	~ResourceUse() KCXX_MAY_SLEEP { Kind::end(raw_); }

private:
	friend Resource;
	explicit ResourceUse(Raw raw) noexcept : raw_{raw} {}

	Raw raw_;
};

} // namespace kernel
