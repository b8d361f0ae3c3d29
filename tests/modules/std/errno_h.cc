// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <errno.h>

#include "probes.hpp"

bool probes::try_errno_h_has_numbers()
{
	return ENOENT == 2 + zero() && EAGAIN == EWOULDBLOCK;
}
