// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <stdalign.h>

#include "probes.hpp"

bool probes::try_stdalign_h_aligns()
{
	alignas(16) char room[16];
	return reinterpret_cast<unsigned long>(room) % 16 == static_cast<unsigned>(zero());
}
