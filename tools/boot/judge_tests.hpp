// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Judges the unit tests of modules.
#pragma once

#include "boot/report.hpp"

#include <vector>

namespace kcxx
{

/** Adds to @findings the tests that failed, did not end or did not run. */
void judge_tests(const GuestReport &report, std::vector<Finding> &findings);

} // namespace kcxx
