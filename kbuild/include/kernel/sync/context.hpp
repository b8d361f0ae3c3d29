// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Code that may sleep, and code that must not. C API: <linux/kernel.h>, <linux/preempt.h>.

#pragma once

#include <generated/bindings/sync/context.hpp>
#include <kernel/sync/thread_safety.hpp>

namespace kernel
{

/// A base class, for Clang, of objects with which their holder must not sleep, such as a
/// spinlock. Each object has a capability of its own, so that spinlocks nest; all capabilities
/// are called AtomicContext::no_sleep, so that a function which sleeps excludes all.
struct AtomicContext {
	/// A context in which nothing may sleep, for Clang
	struct KCXX_CAPABILITY("context") Capability {
		/// For Clang: in a declaration, that the capability must not be held
		const Capability &operator!() const { return *this; }
	};

	/// Excluded by functions that sleep.
	[[no_unique_address]] Capability no_sleep{};
};

/// Declares a function, after its arguments, as one that may sleep. Clang refuses to call it
/// where the caller holds a spinlock or reads under RCU. A function that calls one may sleep
/// too: declare it so, and Clang checks its callers in turn.
///
///     kernel::Result<> Pump::flush() KCXX_MAY_SLEEP;
#define KCXX_MAY_SLEEP KCXX_EXCLUDES(&::kernel::AtomicContext::no_sleep) KCXX_EFFECT_(blocking)

/// Declares a function, after its arguments, as one that never sleeps and may be called anywhere.
/// Clang 20 and newer refuse it if it does, and refuse what they cannot know in a function that
/// must not sleep: a function of another source, a virtual function, a pointer to a function that
/// is not declared so.
///
///     int Pump::level() const KCXX_NEVER_SLEEPS;
#define KCXX_NEVER_SLEEPS KCXX_EFFECT_(nonblocking)

/// Declares that the caller may sleep. With CONFIG_DEBUG_ATOMIC_SLEEP the kernel warns if the
/// caller must not, whatever path led here; with CONFIG_PREEMPT_VOLUNTARY the call yields.
///
/// Context: may sleep.
inline void might_sleep() KCXX_MAY_SLEEP
{
	// SAFETY: the kernel itself warns where the call is out of place.
	bindings::kcxx_might_sleep();
}

namespace detail
{

/// The capability of interrupts, softirqs and other callbacks whose context is known
inline constexpr AtomicContext asserted_context{};

/// The capability that assert_atomic() asserts: in such a callback tasks' locks may be taken
inline constexpr AtomicContext asserted_by_author{};

/// For the library, which calls such a callback: checks nothing
inline void in_atomic_context() KCXX_ASSERT_CAPABILITY(asserted_context.no_sleep) {}

} // namespace detail

/// Declares a function, after its arguments, as one that the kernel calls where nothing may
/// sleep, such as a timer's. In it Clang refuses calls of functions that sleep, and the lock() of
/// a SpinLock that is for tasks alone; the function itself is called by ones that are declared so.
/// The macro contains noexcept, by which a Timer recognises the declaration.
///
///     void Pump::expired() KCXX_MUST_NOT_SLEEP;
#define KCXX_MUST_NOT_SLEEP                                                                        \
	noexcept KCXX_EFFECT_(nonblocking)                                                         \
		KCXX_REQUIRES(::kernel::detail::asserted_context.no_sleep)

/// The same for a lambda, where Clang requires the reverse order
///
///     [this]() KCXX_LAMBDA_MUST_NOT_SLEEP { expired(); }
#define KCXX_LAMBDA_MUST_NOT_SLEEP                                                                 \
	KCXX_REQUIRES(::kernel::detail::asserted_context.no_sleep) noexcept KCXX_LAMBDA_EFFECT_(   \
		nonblocking)

/// Declares that the caller must not sleep, for callbacks that the kernel calls with a lock held:
/// from here on Clang refuses calls of functions that sleep. One that the kernel calls in an
/// interrupt is declared KCXX_MUST_NOT_SLEEP, by which Clang checks its locks, too. Kernels that
/// count preemptions (CONFIG_PREEMPT_COUNT) warn if the caller might in fact sleep.
///
/// Context: any that must not sleep.
inline void assert_atomic() KCXX_ASSERT_CAPABILITY(detail::asserted_by_author.no_sleep)
{
	// SAFETY: the call only reads the state of the CPU.
	bindings::kcxx_assert_atomic();
}

} // namespace kernel
