// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The compiler of a kernel, and the tools that belong to it.
#pragma once

#include "architecture.hpp"
#include "system/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** A program that a build runs, and the package that has it. */
struct NeededProgram {
	std::string name;
	std::string package;
};

/** A choice of compiler, whose programs may be missing. */
struct Toolchain {
	std::string name;   // "clang-19"
	std::string family; // "clang" or "gcc"
	std::string host_compiler;
	std::vector<std::string> make_arguments;
	std::vector<NeededProgram> programs; // the compiler first
};

/**
 * Returns the toolchain @asked for, such as "clang-19" or "gcc"; if @asked is empty, the newest
 * Clang that has its linker and binary utilities. Error: usage, if @asked names no compiler.
 */
Result<Toolchain> choose_toolchain(const Architecture &arch, std::string_view asked);

/** Returns the first line of --version of @toolchain's compiler. */
Result<std::string> compiler_version(const Toolchain &toolchain);

} // namespace kcxx
