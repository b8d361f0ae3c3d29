// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <limits>

#include "probes.hpp"

bool probes::try_limits()
{
	return std::numeric_limits<int>::max() > 0 &&
	       std::numeric_limits<unsigned char>::digits == 8;
}
