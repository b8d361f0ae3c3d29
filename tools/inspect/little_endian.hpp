// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Numbers in the bytes of a section, which need not be aligned.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>

namespace kcxx
{

/** The little-endian number at @offset of @bytes; nothing if it reaches beyond their end. */
template <std::unsigned_integral Number>
std::optional<Number> little_endian(std::string_view bytes, std::size_t offset)
{
	if (offset > bytes.size() || bytes.size() - offset < sizeof(Number))
		return std::nullopt;
	Number number = 0;
	for (std::size_t byte = sizeof(Number); byte-- > 0;)
		number = static_cast<Number>((static_cast<unsigned long long>(number) << 8U) |
					     static_cast<unsigned char>(bytes[offset + byte]));
	return number;
}

} // namespace kcxx
