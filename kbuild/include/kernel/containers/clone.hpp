// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Copies of elements. C API: none of its own.

#pragma once

#include <type_traits>
#include <utility>

#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>

namespace kernel::detail
{

/// Copies `value` by its try_clone(Gfp) if it has one, else by its copy constructor. Errors: those
/// of try_clone(). Context: as `flags` allow.
template <typename T>
[[nodiscard]] Result<T> clone_of(const T &value, Gfp flags)
{
	if constexpr (requires { value.try_clone(flags); }) {
		return value.try_clone(flags);
	} else {
		static_assert(std::is_nothrow_copy_constructible_v<T>,
			      "kcxx-E1306: an element cannot be copied: its class needs "
			      "try_clone(Gfp), or a copy "
			      "constructor that is noexcept");
		return {std::in_place, value};
	}
}

} // namespace kernel::detail
