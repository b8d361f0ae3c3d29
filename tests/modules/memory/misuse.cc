// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Misuse that the kernel warns of, and goes on.

#include <utility>

#include <kernel/prelude.hpp>
#include <kernel/slab_cache.hpp>

#include "behaviours.hpp"

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

Result<> arc_count_saturates()
{
	Arc<Counted> arc = KTRY(Arc<Counted>::make(GFP_KERNEL, 1));
	int &count = reinterpret_cast<int *>(arc.raw())[-4];
	count = 0x7fffffff; // as if so many had been made
	for (int i = 0; i < 5; ++i)
		(void)arc.clone();
	CHECK(alive == 1 && arc->value == 1 && arc.unique() == nullptr);
	count = 1; // so that it ends
	return {};
}

Result<> slab_cache_with_objects_left()
{
	auto cache = KTRY(
		Box<SlabCache<int>>::make(GFP_KERNEL, KTRY(SlabCache<int>::make("kcxx_left"))));
	auto left = KTRY(Box<SlabObject<int>>::make(GFP_KERNEL, KTRY(cache->alloc(GFP_KERNEL, 1))));
	(void)std::move(left).release().to_raw();
	return {};
}

struct Misuse {
	static Result<Misuse> init(ThisModule & /*self*/)
	{
		report({"arc_count_saturates", arc_count_saturates});
		report({"slab_cache_with_objects_left", slab_cache_with_objects_left});
		return Misuse{};
	}
};

} // namespace

KERNEL_MODULE(Misuse);
