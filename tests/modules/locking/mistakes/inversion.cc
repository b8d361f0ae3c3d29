// SPDX-License-Identifier: GPL-2.0-only OR MIT

// Takes two locks in one order, then in the other: two tasks that do so at the same time wait for
// ever.

#include <utility>

#include <kernel/mutex.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

struct Mistake {
	Mistake()
	{
		{
			auto first = left_.lock();
			auto second = right_.lock();
			++*second;
		}
		auto second = right_.lock();
		auto first = left_.lock();
		++*first;
	}

	static Result<Mistake> init(ThisModule & /*self*/)
	{
		return Result<Mistake>{std::in_place};
	}

	Mutex<int> left_{LOCK_CLASS("kcxx left")};
	Mutex<int> right_{LOCK_CLASS("kcxx right")};
};

} // namespace

KERNEL_MODULE(Mistake);
