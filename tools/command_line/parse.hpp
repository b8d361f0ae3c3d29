// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Reads the command line. parse.cc is the one file that includes CLI11, which is slow to compile.
#pragma once

#include "command_line/command.hpp"

#include <string>

namespace kcxx::command_line
{

/**
 * Stores the options of @argv in @program and returns the action of the called command. After
 * --help, --version or a wrong call, parse() has printed the text, and the action only returns the
 * status.
 */
Action parse(const Command &program, const std::string &version, int argc, char **argv);

} // namespace kcxx::command_line
