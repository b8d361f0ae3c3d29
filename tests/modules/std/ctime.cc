// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <ctime>

#include "probes.hpp"

bool probes::try_ctime()
{
	std::time_t at = 5;
	const std::tm *none = nullptr;
	return at == 5 && none == nullptr;
}
