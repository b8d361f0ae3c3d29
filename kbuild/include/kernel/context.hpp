// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Where code may sleep, and where not. C API: <linux/kernel.h>, <linux/preempt.h>.

#pragma once

#include <kernel/thread_safety.hpp>

extern "C" {
void kcxx_might_sleep();
void kcxx_assert_atomic();
}

namespace kernel
{

/// Something that one holds and must not sleep with, as a spinlock: a base class, for
/// Clang. Each has a capability of its own, so that spinlocks nest; they are all
/// called AtomicContext::no_sleep, so that a function which sleeps excludes all.
struct AtomicContext {
	struct KCXX_CAPABILITY("context") Capability {
	};

	[[no_unique_address]] Capability no_sleep{};
};

/// Declares a function, after its arguments, as one that may sleep. Clang refuses to
/// call it where the caller holds a spinlock or reads under RCU. A function that calls
/// such a one is one itself: declared so, its callers are checked in turn.
///
///     kernel::Result<> Pump::flush() KCXX_MAY_SLEEP;
#define KCXX_MAY_SLEEP KCXX_EXCLUDES(&::kernel::AtomicContext::no_sleep)

/// Says that this may sleep. With CONFIG_DEBUG_ATOMIC_SLEEP the kernel complains if
/// it must not, whatever way led here; with CONFIG_PREEMPT_VOLUNTARY it yields.
///
/// Context: may sleep.
inline void might_sleep() KCXX_MAY_SLEEP
{
	// SAFETY: complains by itself where it is out of place.
	kcxx_might_sleep();
}

namespace detail
{

/// What assert_atomic() says is held; no object needs it
inline constexpr AtomicContext asserted_context{};

/// As assert_atomic(), where it is known: nothing is looked at
inline void in_atomic_context() KCXX_ASSERT_CAPABILITY(asserted_context.no_sleep) {}

} // namespace detail

/// Declares a function, after its arguments, as one that the kernel calls where nothing
/// may sleep: a timer's. Clang refuses to call in it what sleeps, and to call it itself
/// where nobody has said assert_atomic(). It is noexcept, by which a Timer tells that it
/// was declared so.
///
///     void Pump::expired() KCXX_MUST_NOT_SLEEP;
#define KCXX_MUST_NOT_SLEEP noexcept KCXX_REQUIRES(::kernel::detail::asserted_context.no_sleep)

/// The same of a lambda, where Clang wants it the other way round
///
///     [this]() KCXX_LAMBDA_MUST_NOT_SLEEP { expired(); }
#define KCXX_LAMBDA_MUST_NOT_SLEEP                                                                 \
	KCXX_REQUIRES(::kernel::detail::asserted_context.no_sleep) noexcept

/// Says that this must not sleep, for callbacks that the kernel calls in interrupts or
/// with a lock held: from here on Clang refuses to call what sleeps. The kernel warns
/// if it might in fact sleep, where it counts preemptions (CONFIG_PREEMPT_COUNT).
///
/// Context: any that must not sleep.
inline void assert_atomic() KCXX_ASSERT_CAPABILITY(detail::asserted_context.no_sleep)
{
	// SAFETY: looks at the state of the CPU alone.
	kcxx_assert_atomic();
}

} // namespace kernel
