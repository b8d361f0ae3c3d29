// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The running task gives up the CPU. C API: <linux/sched.h>.

#pragma once

#include <generated/bindings/task/sched.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/time/jiffies.hpp>

namespace kernel
{

/// Sleeps for at least `length`; signals do not end it. Context: may sleep.
inline void sleep(Jiffies length) KCXX_MAY_SLEEP
{
	// SAFETY: Jiffies are not negative; the caller may sleep.
	bindings::schedule_timeout_uninterruptible(length.count());
}

/// Lets others run, in long loops. Context: may sleep.
inline void cond_resched() KCXX_MAY_SLEEP
{
	// SAFETY: the caller may sleep.
	bindings::kcxx_cond_resched();
}

} // namespace kernel
