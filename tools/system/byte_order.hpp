// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Numbers in the bytes of a file, which need not be aligned.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
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

/** The number that @bytes, 8 at the most, are with the highest first. */
inline std::uint64_t big_endian(std::string_view bytes)
{
	std::uint64_t number = 0;
	for (const char byte : bytes)
		number = number << 8U | static_cast<unsigned char>(byte);
	return number;
}

} // namespace kcxx
