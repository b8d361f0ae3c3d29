// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <bitset>

#include "probes.hpp"

bool probes::try_bitset()
{
	std::bitset<100> b;
	b.set(70);
	return b.count() == 1 && b.test(70) && (b << 3)[73];
}
