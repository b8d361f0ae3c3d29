// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <limits>

#include "probes.hpp"

bool probes::try_limits_has_limits()
{
	const int most = std::numeric_limits<int>::max() + zero();
	return most > 0 && std::numeric_limits<unsigned char>::digits == 8 &&
	       std::numeric_limits<long>::min() + most < 0 && std::numeric_limits<int>::is_exact;
}
