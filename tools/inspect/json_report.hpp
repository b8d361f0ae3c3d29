// SPDX-License-Identifier: GPL-2.0-only OR MIT
// An inspection, for programs; README and docs say what the keys mean. Keys stay; new ones may
// come.
#pragma once

#include "inspect/inspection.hpp"

#include <string>
#include <vector>

namespace kcxx
{

/** {verdict, status, modules: [...]}; a file that is no module has "path" and "error" alone. */
std::string to_json(const std::vector<Inspected> &modules);

} // namespace kcxx
