// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <initializer_list>

#include "probes.hpp"

bool probes::try_initializer_list()
{
	std::initializer_list<int> l{1, 2};
	return l.size() == 2;
}
