// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Random numbers, good for keys. C API: <linux/random.h>.
///
/// Context of all: any; nothing here sleeps, nor waits until the kernel has seeded them.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include <generated/bindings/random.hpp>
#include <kernel/bug.hpp>
#include <kernel/memory/uaccess.hpp>

namespace kernel
{

/// Fills `to`.
inline void random_bytes(std::span<std::byte> to)
{
	// SAFETY: `to` has room for so much.
	bindings::get_random_bytes(to.data(), to.size());
}

/// A random value; all values are equally likely. T is an integer, or consists of integers
template <UserData T>
[[nodiscard]] inline T random()
{
	std::array<std::byte, sizeof(T)> bytes{};
	random_bytes(bytes);
	return std::bit_cast<T>(bytes);
}

/// A random number from 0 to `ceiling` - 1, all equally likely; BUG()s if `ceiling` is 0.
[[nodiscard]] inline std::uint32_t random_below(std::uint32_t ceiling)
{
	if (ceiling == 0) [[unlikely]]
		bug("random_below: nothing is below 0");
	// SAFETY: `ceiling` is not 0.
	return bindings::get_random_u32_below(ceiling);
}

} // namespace kernel
