// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A behaviour of a driver is a function of its device that returns an error if what it states does
/// not hold. The module logs one line for each.

#pragma once

#include <kernel/prelude.hpp>

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			pr_err("does not hold: %s\n", #condition);                                 \
			return std::unexpected(EINVAL);                                            \
		}                                                                                  \
	} while (false)

#define BEHAVES(name)                                                                              \
	Behaviour                                                                                  \
	{                                                                                          \
		#name, name                                                                        \
	}

namespace
{

/// A behaviour of the device that Device is the driver of
template <typename Device>
struct BehaviourOf {
	const char *name;
	kernel::Result<> (*run)(Device &);
};

/// Runs each behaviour, and logs how it ended.
template <typename Device, std::size_t Count>
void report(Device &device, const BehaviourOf<Device> (&behaviours)[Count])
{
	for (const auto &behaviour : behaviours)
		if (const kernel::Result<> result = behaviour.run(device); result)
			pr_info("%s: holds\n", behaviour.name);
		else
			pr_info("%s: fails with %d\n", behaviour.name, result.error().to_errno());
}

} // namespace
