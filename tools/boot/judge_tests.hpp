// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The judgement on the unit tests of modules.
#pragma once

#include "boot/report.hpp"

#include <vector>

namespace kcxx
{

/** Adds to @findings what failed, what did not come to its end, and what did not run at all. */
void judge_tests(const GuestReport &report, std::vector<Finding> &findings);

} // namespace kcxx
