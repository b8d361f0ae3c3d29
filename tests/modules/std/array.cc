// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>

#include "probes.hpp"

bool probes::try_array()
{
	std::array<int, 3> a{1, 2, 3};
	return a.at(1) == 2 && std::get<2>(a) == 3 && std::to_array({1, 2}).size() == 2;
}
