// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <version>

#include "probes.hpp"

bool probes::try_version()
{
#ifdef __cpp_lib_concepts
	return true;
#else
	return false;
#endif
}
