// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A driver with two suites, of which it runs one.

#include <kernel/kunit.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

static void passes(kernel::KUnitTest &test)
{
	KUNIT_EXPECT_TRUE(test, true);
}

KUNIT_SUITE(remembered, KUNIT_CASE(passes));
KUNIT_SUITE(forgotten, KUNIT_CASE(passes));

namespace
{

struct Driver {
	kernel::KUnitRun tests;

	static kernel::Result<Driver> init(kernel::ThisModule & /*module*/)
	{
		return Driver{KTRY(kernel::KUnitRun::run(remembered))};
	}
};

} // namespace

KERNEL_MODULE(Driver);
