// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/owner.hpp"

#include <unistd.h>

namespace kcxx
{

bool is_trusted(uid_t user)
{
	return user == geteuid() || user == 0;
}

} // namespace kcxx
