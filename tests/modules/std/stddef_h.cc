// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <stddef.h>

#include "probes.hpp"

bool probes::try_stddef_h_has_types()
{
	struct Two {
		int a;
		int b;
	};
	return offsetof(Two, b) == sizeof(int) + static_cast<unsigned>(zero()) &&
	       sizeof(ptrdiff_t) == sizeof(size_t);
}
