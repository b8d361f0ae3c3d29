// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <stddef.h>

#include "probes.hpp"

bool probes::try_stddef_h()
{
	struct Two {
		int a;
		int b;
	};
	return offsetof(Two, b) == sizeof(int) && sizeof(ptrdiff_t) == sizeof(size_t);
}
