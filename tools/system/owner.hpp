// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Whose files kcxx trusts: what is in them is run, or booted.
#pragma once

#include <sys/types.h>

namespace kcxx
{

/** Whether a file of @user can only be as this user or root left it. */
bool is_trusted(uid_t user);

} // namespace kcxx
