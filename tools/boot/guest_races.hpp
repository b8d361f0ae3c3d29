// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Data races that KCSAN finds in a guest.
#pragma once

#include "boot/guest_plan.hpp"
#include "boot/report.hpp"

#include <string>

namespace kcxx
{

/**
 * Returns the function watch_races() of the guest's init, which turns KCSAN on before the first
 * module is loaded. Without KCSAN in @plan, it does nothing.
 */
std::string guest_races(const GuestPlan &plan);

/**
 * Takes the complaint from each data race in @report that is in no function of its modules: the
 * kernel's own races are not their errors.
 */
void drop_foreign_races(GuestReport &report);

} // namespace kcxx
