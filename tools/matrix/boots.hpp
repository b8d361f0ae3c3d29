// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Which guests are started for the modules of a pair.
#pragma once

#include "matrix/model.hpp"
#include "system/child.hpp"

#include <map>
#include <string>
#include <vector>

namespace kcxx::matrix
{

/** The commands of the tests that CTest knows in @build, by name. */
Result<std::map<std::string, Command>> declared_tests(const std::filesystem::path &build);

/** kcxx boot of @cell's module, and of those of @pair that it needs. */
Command bare_boot(const Pair &pair, const Cell &cell);

/** How much memory a boot by @command takes. */
unsigned memory_of_boot(const Command &command);

} // namespace kcxx::matrix
