// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The JSON report of an inspection, for programs. README and docs explain the keys. Keys stay;
// later versions may add some.
#pragma once

#include "inspect/inspection.hpp"

#include <string>
#include <vector>

namespace kcxx
{

/** {verdict, status, modules: [...]}; a file that is not a module has only "path" and "error". */
std::string to_json(const std::vector<Inspected> &modules);

} // namespace kcxx
