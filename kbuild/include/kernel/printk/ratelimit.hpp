// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Limits on how often a message is logged. C API: <linux/ratelimit.h>.

#pragma once

#include <generated/bindings/printk/ratelimit.hpp>

namespace kernel
{

/// Allows 10 messages in 5 seconds, and logs how many it refused. Use a constinit variable for
/// each limit.
class RateLimit
{
public:
	constexpr RateLimit() noexcept = default;

	RateLimit(const RateLimit &) = delete;
	RateLimit &operator=(const RateLimit &) = delete;
	~RateLimit() = default;

	/// True if a message is allowed now; the kernel's note of refused messages names
	/// `function`. Context: any.
	[[nodiscard]] bool allows(const char *function) noexcept
	{
		// SAFETY: the state is zeroed, or was set up by an earlier call.
		return bindings::kcxx___ratelimit(&state_, &ready_, function);
	}

private:
	::ratelimit_state state_{};
	int ready_ = 0;
};

/// Returns true once, to the CPU that comes first. Use a constinit variable. Context: any.
class Once
{
public:
	constexpr Once() noexcept = default;

	Once(const Once &) = delete;
	Once &operator=(const Once &) = delete;
	~Once() = default;

	/// True for the first caller. Context: any.
	[[nodiscard]] bool first() noexcept
	{
		// The kernel's xchg(), because arm64's compilers exchange through functions
		// that the kernel does not have.
		// SAFETY: done_ lives as long as the object.
		return __atomic_load_n(&done_, __ATOMIC_RELAXED) == 0 &&
		       bindings::kcxx_xchg_relaxed_int(&done_, 1) == 0;
	}

private:
	int done_ = 0;
};

} // namespace kernel
