// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Words of CMake's language.
#pragma once

#include "from_kbuild/flags.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kcxx::from_kbuild
{

/** Returns @text as one argument of a command, with CMake's variables for the marks of project.hpp.
 */
std::string argument(std::string_view text);

/** Returns @flag as an argument of the command for its kind. */
std::string argument(const Flag &flag);

/** Returns the call @head(@arguments), with one argument on each line if they do not fit on one
 * line. */
std::string call(std::string_view head, const std::vector<std::string> &arguments);

} // namespace kcxx::from_kbuild
