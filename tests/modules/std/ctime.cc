// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <ctime>

#include "probes.hpp"

bool probes::try_ctime_has_types()
{
	const std::time_t at = 5 + zero();
	const std::tm *none = nullptr;
	return at == 5 && none == nullptr;
}
