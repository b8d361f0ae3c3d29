// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The part of the guest's script that asks kmemleak for memory that the modules have lost.
#pragma once

#include "boot/guest_plan.hpp"

#include <string>

namespace kcxx
{

/** Returns the functions watch_loads, to be called before the first module is loaded, and leaks,
 * to be called after the last one is unloaded. */
std::string guest_leaks(const GuestPlan &plan);

} // namespace kcxx
