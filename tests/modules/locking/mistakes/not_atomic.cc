// SPDX-License-Identifier: GPL-2.0-only OR MIT

// Asserts an atomic context where there is none.

#include <utility>

#include <kernel/context.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

struct Mistake {
	Mistake() { assert_atomic(); }

	static Result<Mistake> init(ThisModule & /*self*/)
	{
		return Result<Mistake>{std::in_place};
	}
};

} // namespace

KERNEL_MODULE(Mistake);
