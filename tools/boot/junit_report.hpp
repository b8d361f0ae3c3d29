// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The JUnit report of a boot, for CI servers.
#pragma once

#include "boot/report.hpp"
#include "junit/report.hpp"
#include "system/error.hpp"

#include <string>
#include <vector>

namespace kcxx
{

/** A <testsuite> for the boot itself, and one for each suite of unit tests that ran in it. */
junit::Report to_junit(const GuestReport &report, const std::vector<Finding> &findings);

/** A report of a boot of @modules that could not begin. */
junit::Report to_junit(const std::vector<std::string> &modules, const Error &error);

} // namespace kcxx
