// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Indexes that a processor cannot guess past a check. C API: <linux/nospec.h>.

#pragma once

#include <cstddef>

#include <generated/bindings/nospec.hpp>

namespace kernel
{

/// Returns `index`, or 0 if it is not below `size`; no branch decides, so that the processor uses
/// no larger one on trial either (Spectre, variant 1). For an index from user space, behind its
/// check: array_index_nospec().
///
///     if (channel >= levels.size())
///             return EINVAL;
///     return levels[index_nospec(channel, levels.size())];
///
/// Context: any.
[[nodiscard]] inline std::size_t index_nospec(std::size_t index, std::size_t size)
{
	// SAFETY: the function computes a number.
	return bindings::kcxx_array_index_nospec(index, size);
}

} // namespace kernel
