// SPDX-License-Identifier: GPL-2.0-only OR MIT
#pragma once

#include "system/error.hpp"
#include "system/fd.hpp"

#include <utility>

namespace kcxx
{

/** Returns two connected stream sockets: one for kcxx, one for a child to inherit. */
Result<std::pair<Fd, Fd>> socket_pair();

} // namespace kcxx
