// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What programs and guests write, as pages and reports can show it.
#pragma once

#include <string>
#include <string_view>

namespace kcxx
{

/** @text without colours and other control characters, and valid UTF-8. */
std::string printable(std::string_view text);

} // namespace kcxx
