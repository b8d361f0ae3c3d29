// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A cycle of Arcs, and one of Boxes with a timer, which outlive their module.

#include <kernel/prelude.hpp>
#include <kernel/time.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

struct Link {
	Arc<Link> next = Arc<Link>::adopt(nullptr);
};

/// The timer starts itself again.
struct Pump {
	void tick() KCXX_MUST_NOT_SLEEP { timer.start(seconds(1)); }

	Box<Pump> other = Box<Pump>::adopt(nullptr);
	Timer<&Pump::tick> timer{LOCK_CLASS("timer"), *this};
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
		auto parent = KTRY(Box<Pump>::make(GFP_KERNEL));
		parent->timer.start(seconds(1));
		Pump &itself = *parent;
		itself.other = std::move(parent);
		return Outliving{};
	}
};

} // namespace

KERNEL_MODULE(Outliving);
