// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A gate after which a start does nothing any more, for kernels and facilities that do not
/// ensure it themselves. C API: none; timer_shutdown() and disable_work() do the same.

#pragma once

#include <kernel/sync/lockdep.hpp>
#include <kernel/sync/raw_spinlock.hpp>

namespace kernel::detail
{

/// Starts go through pass(); when shut() has returned, none does any more. Context: any.
class ShutdownGate
{
public:
	ShutdownGate() = default;
	ShutdownGate(const ShutdownGate &) = delete;
	ShutdownGate &operator=(const ShutdownGate &) = delete;
	~ShutdownGate() = default;

	/// Returns the result of `start()`; false if the gate is shut
	template <typename Start>
	bool pass(Start start)
	{
		auto shut = shut_.lock_irqsave();
		return !*shut && start();
	}

	void shut() { *shut_.lock_irqsave() = true; }

private:
	RawSpinLock<bool> shut_{LOCK_CLASS("ShutdownGate"), false};
};

/// The gate for kernels that have a gate of their own
class NoShutdownGate
{
public:
	// NOLINTBEGIN(*-convert-member-functions-to-static): members, as above
	template <typename Start>
	bool pass(Start start)
	{
		return start();
	}

	void shut() {}
	// NOLINTEND(*-convert-member-functions-to-static)
};

} // namespace kernel::detail
