// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A cycle of Arcs, which outlives its module.

#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

struct Link {
	Arc<Link> next = Arc<Link>::adopt(nullptr);
};

struct Ended {
	Box<int> number = Box<int>::adopt(nullptr);
};

struct Outliving {
	static Result<Outliving> init(ThisModule & /*self*/)
	{
		const auto ended = KTRY(Arc<Ended>::make(GFP_KERNEL));
		auto link = KTRY(Arc<Link>::make(GFP_KERNEL));
		Link *only = link.unique();
		only->next = link.clone();
		return Outliving{};
	}
};

} // namespace

KERNEL_MODULE(Outliving);
