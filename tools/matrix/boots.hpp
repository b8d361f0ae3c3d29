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

/** A boot, which loads the modules of @cells. */
struct Boot {
	std::string name; // of the test; empty: no test loads the module
	Command command;
	std::vector<Cell *> cells;
};

struct BootPlan {
	std::vector<Boot> boots;
	std::map<Cell *, std::string> impossible; // why no boot can load the module
};

/** Returns the boots of all cells of @pair that are not done. A boot without a test has @devices.
 */
BootPlan plan_boots(Pair &pair, const std::vector<std::string> &devices);

/** Returns the memory that a boot by @command takes, in MiB. */
unsigned memory_of_boot(const Command &command);

} // namespace kcxx::matrix
