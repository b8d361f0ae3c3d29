// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <new>

#include "probes.hpp"

bool probes::try_new()
{
	alignas(int) char room[sizeof(int)];
	int *v = new (room) int{4};
	return *std::launder(v) == 4;
}
