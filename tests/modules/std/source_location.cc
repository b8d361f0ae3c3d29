// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <source_location>

#include "probes.hpp"

bool probes::try_source_location()
{
	return std::source_location::current().line() > 0;
}
