// SPDX-License-Identifier: GPL-2.0-only OR MIT

// Takes two objects of one declaration: their order is not defined.

#include <utility>

#include <kernel/prelude.hpp>
#include <kernel/spinlock.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

struct Node {
	SpinLock<int> state{LOCK_CLASS("kcxx node")};
};

struct Mistake {
	Mistake()
	{
		auto first = a_.state.lock();
		auto second = b_.state.lock();
		++*second;
	}

	static Result<Mistake> init(ThisModule & /*self*/)
	{
		return Result<Mistake>{std::in_place};
	}

	Node a_;
	Node b_;
};

} // namespace

KERNEL_MODULE(Mistake);
