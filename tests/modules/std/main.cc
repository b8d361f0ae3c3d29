// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <kernel/prelude.hpp>

#include "probes.hpp"

using kernel::Result;
using kernel::ThisModule;

MODULE_DESCRIPTION("Headers of std in a module");
MODULE_LICENSE("GPL");

namespace
{

volatile int zeroed;

struct StdHeaders {
	static Result<StdHeaders> init(ThisModule & /*self*/)
	{
#define RUN(name) pr_info("<%s> %s\n", #name, probes::try_##name() ? "works" : "is wrong");
		PROBES(RUN)
#undef RUN
		return StdHeaders{};
	}
};

} // namespace

int probes::zero()
{
	return zeroed;
}

KERNEL_MODULE(StdHeaders);
