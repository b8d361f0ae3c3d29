// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <bit>

#include "probes.hpp"

bool probes::try_bit_counts()
{
	const auto bits = 0xf0u + static_cast<unsigned>(zero());
	return std::popcount(bits) == 4 && std::countl_zero(bits) == 24 &&
	       std::countr_zero(bits) == 4 && std::countl_one(~bits) == 24 &&
	       std::popcount(static_cast<unsigned long>(zero()) | 1) > 0;
}

bool probes::try_bit_casts()
{
	struct Two {
		short low;
		short high;
	};
	const int number = 0x00020001 + zero();
	const auto two = std::bit_cast<Two>(number);
	return two.low + two.high == 3 && std::bit_cast<int>(two) == number;
}

bool probes::try_bit_rounds()
{
	const auto five = 5u + static_cast<unsigned>(zero());
	return std::bit_ceil(five) == 8 && std::bit_floor(five) == 4 && std::bit_width(five) == 3 &&
	       !std::has_single_bit(five);
}

bool probes::try_bit_rotates_and_swaps()
{
	const auto number = 0x12345678u + static_cast<unsigned>(zero());
	return std::rotl(number, 8) == 0x34567812 && std::rotr(number, 4) == 0x81234567 &&
	       std::byteswap(number) == 0x78563412 && std::endian::native == std::endian::little;
}
