// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Reads the command line. parse.cc is the one file that includes CLI11, which is slow to compile.
#pragma once

#include "command_line/command.hpp"

#include <string>

namespace kcxx::command_line
{

/**
 * Stores the options of @argv in @program and returns the action of the command called. After
 * --help, --version or a wrong call, of which the user has read, the action returns the status.
 */
Action parse(const Command &program, const std::string &version, int argc, char **argv);

} // namespace kcxx::command_line
