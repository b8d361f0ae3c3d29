// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Behaviours whose allocations fail, one after the other: on kernels with fault injection.

#pragma once

#include <span>

#include "behaviours.hpp"

extern "C" {
void fail_allocation(unsigned int nth);
bool no_allocation_failed();
}

namespace
{

/// Has @behaviour meet an allocation that fails: its first, its second and so on, until all succeed
void fail_in_turn(const Behaviour &behaviour)
{
	for (unsigned int nth = 1;; ++nth) {
		fail_allocation(nth);
		const int result = outcome(behaviour);
		if (no_allocation_failed()) {
			pr_info("failing: %s: %u failed, then %d\n", behaviour.name, nth - 1,
				result);
			return;
		}
		if (result != ENOMEM.to_errno())
			pr_err("failing: %s: %d when allocation %u failed\n", behaviour.name,
			       result, nth);
	}
}

void fail_in_turn(std::span<const Behaviour> behaviours)
{
	for (const Behaviour &behaviour : behaviours)
		fail_in_turn(behaviour);
}

} // namespace
