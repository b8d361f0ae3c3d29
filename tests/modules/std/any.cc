// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <any>

#include "probes.hpp"

bool probes::try_any()
{
	std::any a = 3;
	a.emplace<char>('c');
	return std::any_cast<int>(&a) == nullptr && *std::any_cast<char>(&a) == 'c';
}
