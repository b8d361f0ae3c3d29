// compilers: clang
// expected: GFP_KERNEL lets the allocation sleep, and the caller must not
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// A timer's function runs in a softirq.

#include <kernel/memory.hpp>
#include <kernel/time.hpp>

class Pump
{
	void expired() KCXX_MUST_NOT_SLEEP;

	kernel::Box<int> number_;
	kernel::Timer<&Pump::expired> timer_{LOCK_CLASS("timer"), *this};
};

void Pump::expired() noexcept
{
#ifdef REFUSED
	auto made = kernel::Box<int>::make(kernel::GFP_NOFS, 1);
#else
	auto made = kernel::Box<int>::make(kernel::GFP_NOWAIT, 1);
#endif
	if (made)
		number_ = std::move(*made);
}
