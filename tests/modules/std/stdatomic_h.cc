// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <stdatomic.h>

#include "probes.hpp"

bool probes::try_stdatomic_h_adds()
{
	atomic_int a = 1;
	return atomic_fetch_add(&a, 2) == 1 + zero() && atomic_load(&a) == 3;
}
