// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Completion scripts of shells: they complete commands, options, and values of options.
#pragma once

#include "command_line/command.hpp"

#include <string>

namespace kcxx::command_line
{

std::string bash_completion(const Command &program);
std::string fish_completion(const Command &program);
std::string zsh_completion(const Command &program);

/** A command of the shell that prints the releases of the kernels here, a line each. */
inline constexpr const char *print_kernels = "kcxx kernels 2>/dev/null | sed -n '2,$s/ .*//p'";

} // namespace kcxx::command_line
