// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Decides which users' files kcxx trusts, because it runs or boots their content.
#pragma once

#include <sys/types.h>

namespace kcxx
{

/** Returns whether only this user or root can have written a file of @user. */
bool is_trusted(uid_t user);

} // namespace kcxx
