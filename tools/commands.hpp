// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The subcommands: each adds itself to the command line, and runs if it was called.
#pragma once

#include "exit_status.hpp"

#include <functional>

namespace CLI
{
class App;
}

namespace kcxx
{

/** What a called subcommand does; it has told its user all there is to tell. */
using Action = std::function<ExitStatus()>;

/** Each sets @action when its subcommand is called. */
void add_boot_command(CLI::App &app, Action &action);
void add_check_command(CLI::App &app, Action &action);
void add_inspect_command(CLI::App &app, Action &action);
void add_kernels_command(CLI::App &app, Action &action);
void add_matrix_command(CLI::App &app, Action &action);
void add_new_command(CLI::App &app, Action &action);

/** To the subcommand "kernels". */
void add_kernels_build_command(CLI::App &kernels, Action &action);

} // namespace kcxx
