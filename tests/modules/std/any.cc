// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <any>

#include <utility>

#include "probes.hpp"

bool probes::try_any_holds_a_value()
{
	std::any a = 3 + zero();
	a.emplace<char>('c');
	return std::any_cast<int>(&a) == nullptr && *std::any_cast<char>(&a) == 'c';
}

bool probes::try_any_moves_and_resets()
{
	std::any a = 3 + zero();
	std::any b = std::move(a);
	std::any c;
	c.swap(b);
	const bool held = c.has_value() && !b.has_value();
	c.reset();
	return held && !c.has_value();
}
