// SPDX-License-Identifier: GPL-2.0-only OR MIT

// Clang does not see where a pointer leads.

#include <utility>

#include <kernel/context.hpp>
#include <kernel/prelude.hpp>
#include <kernel/spinlock.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

[[gnu::noinline]] void call(void (*function)())
{
	function();
}

struct Mistake {
	Mistake()
	{
		auto guard = lock_.lock();
		call([] { might_sleep(); });
		++*guard;
	}

	static Result<Mistake> init(ThisModule & /*self*/)
	{
		return Result<Mistake>{std::in_place};
	}

	SpinLock<int> lock_{LOCK_CLASS("kcxx lock")};
};

} // namespace

KERNEL_MODULE(Mistake);
