// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The clocks of <chrono>: include/freestanding/chrono

#include <generated/kcxx-bindings.hpp>

extern "C" {

long long kcxx_monotonic_time();
long long kcxx_real_time();

long long kcxx_monotonic_time()
{
	// SAFETY: the call only reads the clock.
	return kernel::bindings::ktime_get();
}

long long kcxx_real_time()
{
	// SAFETY: the call only reads the clock.
	return kernel::bindings::ktime_get_real();
}
}
