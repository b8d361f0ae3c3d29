// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Words of CMake's language.
#pragma once

#include "from_kbuild/flags.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kcxx::from_kbuild
{

/** @text as one argument of a command, the marks of project.hpp replaced by CMake's variables. */
std::string argument(std::string_view text);

/** @flag as an argument of the command that is for its kind. */
std::string argument(const Flag &flag);

/** The call @head(@arguments), one argument a line where they do not fit into one. */
std::string call(std::string_view head, const std::vector<std::string> &arguments);

} // namespace kcxx::from_kbuild
