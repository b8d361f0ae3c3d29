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
		pr_info("libstdc++ %d\n", _GLIBCXX_RELEASE);
#define RUN(header, part, since)                                                                   \
	if constexpr (_GLIBCXX_RELEASE >= (since))                                                 \
		pr_info("%s: %s\n", #header "." #part,                                             \
			probes::try_##header##_##part() ? "works" : "is wrong");
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
