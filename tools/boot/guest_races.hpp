// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Data races that KCSAN finds in a guest.
#pragma once

#include "boot/guest_plan.hpp"
#include "boot/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/**
 * Returns the function watch_races() of the guest's init, which turns KCSAN on before the first
 * module is loaded. Without KCSAN in @plan, it does nothing.
 */
std::string guest_races(const GuestPlan &plan);

/**
 * Returns whether @line is KCSAN's title of a data race in no function of @modules: the kernel's
 * own races are not their errors.
 */
bool is_foreign_race(std::string_view line, const std::vector<ModuleResult> &modules);

} // namespace kcxx
