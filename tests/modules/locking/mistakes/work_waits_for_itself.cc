// SPDX-License-Identifier: GPL-2.0-only OR MIT

// What cancel() waits for is its caller.

#include <kernel/prelude.hpp>
#include <kernel/workqueue.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

struct Mistake {
	Mistake()
	{
		(void)work_.queue();
		work_.flush();
	}

	static Result<Mistake> init(ThisModule & /*self*/)
	{
		return Result<Mistake>{std::in_place};
	}

	void run() { work_.cancel(); }

	Work<&Mistake::run> work_{LOCK_CLASS("kcxx work"), *this};
};

} // namespace

KERNEL_MODULE(Mistake);
