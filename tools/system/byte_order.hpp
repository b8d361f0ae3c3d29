// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Reads unaligned numbers from the bytes of a file.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kcxx
{

/** Returns the little-endian number at @offset of @bytes; nothing if it extends beyond their end.
 */
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

/** Returns the big-endian number in @bytes, at most 8. */
inline std::uint64_t big_endian(std::string_view bytes)
{
	std::uint64_t number = 0;
	for (const char byte : bytes)
		number = number << 8U | static_cast<unsigned char>(byte);
	return number;
}

} // namespace kcxx
