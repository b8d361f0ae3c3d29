// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <random>

#include <kernel/prelude.hpp>

#include "probes.hpp"

// std::mt19937 has 5,000 bytes, and a stack has 16,384 of the kernel's own.
bool probes::try_random()
{
	std::minstd_rand engine{7};
	auto twister = kernel::Box<std::mt19937>::make(kernel::GFP_KERNEL, 1u);
	if (!twister)
		return false;
	const int die = std::uniform_int_distribution{1, 6}(engine);
	return die >= 1 && die <= 6 && (**twister)() == 1791095845u;
}
