// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The order of kernel releases.
#pragma once

#include <string_view>

namespace kcxx
{

/**
 * Returns whether release @left is older than @right, in the order of newest_first in
 * kbuild/versions.sh. Numbers are compared as numbers, and 6.12-rc3 is older than 6.12.
 */
bool is_older_release(std::string_view left, std::string_view right);

} // namespace kcxx
