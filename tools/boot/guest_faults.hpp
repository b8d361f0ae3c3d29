// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The part of the guest's script that lets the allocations of the modules fail, each in turn.
//
// A round loads the modules, runs the script and unloads the modules. In round N the kernel lets
// the N-th allocation fail that has the code of a module in its call trace. What a module makes of
// that is its own affair; but it must unload, and the kernel must not complain. The first round
// with fewer than N allocations has to end as a boot without faults does.
#pragma once

#include "boot/guest_plan.hpp"

#include <string>

namespace kcxx
{

/** Returns the functions module_area, to be called while the modules are loaded, and faults. */
std::string guest_faults(const GuestPlan &plan);

} // namespace kcxx
