// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <version>

#include "probes.hpp"

bool probes::try_version_has_macros()
{
#ifdef __cpp_lib_concepts
	return zero() == 0;
#else
	return false;
#endif
}
