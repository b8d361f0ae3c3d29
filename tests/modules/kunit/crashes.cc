// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A case in the middle that does not come back.

#include <kernel/kunit.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

static void before(kernel::KUnitTest &test)
{
	KUNIT_EXPECT_TRUE(test, true);
}

static void crash(kernel::KUnitTest & /*test*/)
{
	kernel::bug("on purpose");
}

KUNIT_SUITE(crashes, KUNIT_CASE(before), KUNIT_CASE(crash), KUNIT_CASE_NAMED("after", before));

KUNIT_TEST_SUITES(crashes);
