// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <new>

#include "probes.hpp"

bool probes::try_new_places()
{
	alignas(int) char room[3 * sizeof(int)];
	int *v = new (room) int{4 + zero()};
	int *three = new (room) int[3]{5, 6, 7};
	return *std::launder(v) == 5 && three[2] == 7;
}
