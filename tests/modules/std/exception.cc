// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <exception>

#include "probes.hpp"

bool probes::try_exception()
{
	return sizeof(std::exception) > 0 && std::uncaught_exceptions() == 0;
}
