// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The commands of the program; each has a file of its own.
#pragma once

#include "command_line/command.hpp"

namespace kcxx
{

command_line::Command bindings_command();
command_line::Command boot_command();
command_line::Command check_command();
command_line::Command convert_command();
command_line::Command inspect_command();
command_line::Command kernels_command();
command_line::Command kernels_build_command(); // below "kernels"
command_line::Command lint_command();
command_line::Command matrix_command();
command_line::Command new_command();

/** Each prints a text that it makes from @program. */
command_line::Command completion_command(command_line::Command (*program)());
command_line::Command manual_command(command_line::Command (*program)());

} // namespace kcxx
