// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The safe profile: sources in which marked places alone do what no type can answer for. C API:
/// none.

#pragma once

#include <string_view>

/// Marks the file in which it stands, behind the #includes: outside of KCXX_UNSAFE() blocks, the
/// file has no calls of C, no raw pointers that are followed or counted with, no casts between
/// pointers, no members of unions, no variable or member without a value, no `new`, and no
/// assembly. `kcxx lint` refuses them, and so does a build with KCXX_ANALYSIS. Compilers see
/// nothing.
///
///     #include <kernel/prelude.hpp>
///
///     KCXX_SAFE
#ifndef KCXX_SAFE
#define KCXX_SAFE
#endif

/// Begins a block in which the author answers for what KCXX_SAFE refuses. The reason is a literal:
/// why the code is right. `kcxx lint --unsafe` lists all blocks.
///
///     KCXX_UNSAFE("the device has 16 registers, and i is below 16") {
///             value = registers[i];
///     }
#define KCXX_UNSAFE(reason)                                                                        \
	if constexpr ([] {                                                                         \
			      static_assert(::kernel::detail::is_reason(reason ""),                \
					    "kcxx-E0205: KCXX_UNSAFE() needs a reason: why the "   \
					    "block is "                                            \
					    "right");                                              \
			      return false;                                                        \
		      }()) {                                                                       \
	} else

namespace kernel::detail
{

/// True if `text` has a letter of any language
consteval bool is_reason(std::string_view text)
{
	int letters = 0;
	for (const char letter : text)
		if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
		    static_cast<unsigned char>(letter) > 0x7f)
			++letters;
	return letters != 0;
}

} // namespace kernel::detail
