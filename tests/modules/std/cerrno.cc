// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cerrno>

#include <kernel/error.hpp>

#include "probes.hpp"

// Both names live together, in either order of the includes.
bool probes::try_cerrno_lives_beside_kernel_errors()
{
	return EINVAL == 22 && ENOMEM == 12 + zero() && kernel::EINVAL.to_errno() == -EINVAL;
}
