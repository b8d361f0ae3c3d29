// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The guests that boot the modules of a pair.
#pragma once

#include "matrix/model.hpp"
#include "system/child.hpp"

#include <map>
#include <string>
#include <vector>

namespace kcxx::matrix
{

/** Returns the commands of CTest's tests in @build, by name. */
Result<std::map<std::string, Command>> declared_tests(const std::filesystem::path &build);

/** Returns kcxx boot with @cell's module and the modules of @pair that it needs. */
Command bare_boot(const Pair &pair, const Cell &cell);

/** Returns the memory that a boot by @command takes, in MiB. */
unsigned memory_of_boot(const Command &command);

} // namespace kcxx::matrix
