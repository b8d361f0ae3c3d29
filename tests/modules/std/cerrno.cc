// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cerrno>

#include "probes.hpp"

bool probes::try_cerrno()
{
	return EINVAL == 22 && ENOMEM == 12;
}
