// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <initializer_list>

#include "probes.hpp"

bool probes::try_initializer_list_has_elements()
{
	const std::initializer_list<int> l{1, 2 + zero()};
	int sum = 0;
	for (int v : l)
		sum += v;
	return l.size() == 2 && sum == 3;
}
