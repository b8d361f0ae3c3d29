// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <ratio>

#include "probes.hpp"

bool probes::try_ratio()
{
	return std::ratio_less_v<std::milli, std::ratio<1>>;
}
