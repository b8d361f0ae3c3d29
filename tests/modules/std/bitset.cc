// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <bitset>

#include "probes.hpp"

bool probes::try_bitset_counts()
{
	std::bitset<100> b;
	b.set(static_cast<unsigned>(70 + zero()));
	return b.count() == 1 && b.test(70) && b.any() && !b.all() && (b << 3)[73];
}

bool probes::try_bitset_combines()
{
	std::bitset<8> a{0b1100};
	const std::bitset<8> b{"1010"};
	a ^= b;
	a.flip(static_cast<unsigned>(zero()));
	return a.to_ulong() == 0b0111 && (a & b).count() == 1 &&
	       std::hash<std::bitset<8>>{}(a) != 0;
}
