// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A behaviour is a function that returns whether what it states holds; the module logs a line for
// what does not, then one for the behaviour.

#pragma once

#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			pr_err("%s: not so: %s\n", __func__, #condition);                          \
			return false;                                                              \
		}                                                                                  \
	} while (false)

#define BEHAVES(name)                                                                              \
	do {                                                                                       \
		pr_info("%s: %s\n", #name, name() ? "holds" : "fails");                            \
	} while (false)

// The value of a Result; a behaviour cannot be seen without it
#define TAKE(expression)                                                                           \
	({                                                                                         \
		auto taken = (expression);                                                         \
		CHECK(taken);                                                                      \
		*std::move(taken);                                                                 \
	})

// A while, without sleeping
inline void spin(int rounds)
{
	for (int i = 0; i < rounds; ++i)
		asm volatile("" ::: "memory");
}

// Returns the lock's value. (Clang requires a name for a guard to the right of &&.)
template <typename Lock>
auto value_of(Lock &lock)
{
	auto guard = lock.lock();
	return *guard;
}

// True if another task could take the lock now; Clang does not know which lock this is.
template <typename Lock>
bool is_free(Lock &lock)
{
	auto guard = lock.try_lock();
	return static_cast<bool>(guard);
}

// context.c
extern "C" {
unsigned int context_cpus(void) KCXX_NEVER_SLEEPS;
int context_irqs_off(void) KCXX_NEVER_SLEEPS;
int context_softirqs_off(void) KCXX_NEVER_SLEEPS;
int context_in_hardirq(void) KCXX_NEVER_SLEEPS;
int context_in_softirq(void) KCXX_NEVER_SLEEPS;
unsigned long context_jiffies(void) KCXX_NEVER_SLEEPS;
void context_send_signal(void);
void context_flush_signals(void);
}
