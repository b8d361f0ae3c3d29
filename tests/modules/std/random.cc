// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <random>

#include <algorithm>

#include <kernel/prelude.hpp>

#include "probes.hpp"

// std::mt19937 has 5,000 bytes, and a stack has 16,384 of the kernel's own: it lies in a Box.
bool probes::try_random_has_engines()
{
	std::minstd_rand engine{static_cast<unsigned>(1 + zero())};
	std::ranlux24_base lagged;
	const auto first = engine();
	engine.discard(9998);
	return first == 48271 && engine() == 399268537 && lagged() < (1u << 24);
}

bool probes::try_random_twists()
{
	auto twister = kernel::Box<std::mt19937>::make(kernel::GFP_KERNEL, 1u);
	if (!twister)
		return false;
	return (**twister)() == 1791095845u + static_cast<unsigned>(zero());
}

bool probes::try_random_distributes_integers()
{
	std::minstd_rand engine{static_cast<unsigned>(7 + zero())};
	std::uniform_int_distribution die{1, 6};
	unsigned seen = 0;
	for (int i = 0; i < 200; ++i) {
		const int points = die(engine);
		if (points < 1 || points > 6)
			return false;
		seen |= 1u << points;
	}
	return seen == 0b1111110;
}

bool probes::try_random_shuffles()
{
	std::minstd_rand engine{static_cast<unsigned>(7 + zero())};
	int a[8]{1, 2, 3, 4, 5, 6, 7, 8};
	std::shuffle(a, a + 8, engine);
	const bool mixed = !std::is_sorted(a, a + 8);
	std::sort(a, a + 8);
	return mixed && a[0] == 1 && a[7] == 8;
}
