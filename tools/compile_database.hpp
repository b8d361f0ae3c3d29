// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The compilation database of a build directory: how each C++ source of a module is read.
#pragma once

#include "system/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kcxx
{

/** A C++ source of a module, as compile_commands.json has it. */
struct Source {
	std::string path;
	std::string directory; // where the compiler runs
	std::string command;   // a line for the shell
	std::string facts;     // the build directory's .kcxx, with flags.sh
	std::string editor;    // directory of its bindings for editors, below facts
};

/**
 * Returns the compilation database in @given or its build/, or if @given is empty, in build/ or
 * here. Writes it first for a directory of plain Kbuild. @command is the subcommand that asks.
 */
Result<std::filesystem::path> find_database(const std::string &given, const std::string &command);

/** Returns the C++ sources of modules that @database has. */
Result<std::vector<Source>> read_database(const std::filesystem::path &database);

/**
 * Makes what editors, and kcxx lint, read in place of the kernel's headers, for all @sources, as
 * many @jobs at once. Returns for how many it failed, each of which is printed.
 */
Result<unsigned> make_editor_bindings(const std::vector<Source> &sources, unsigned jobs);

} // namespace kcxx
