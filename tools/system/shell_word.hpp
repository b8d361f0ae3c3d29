// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Words of a POSIX shell.
#pragma once

#include <string>
#include <string_view>

namespace kcxx
{

/** Returns @text as one word, in single quotes. */
std::string shell_word(std::string_view text);

} // namespace kcxx
