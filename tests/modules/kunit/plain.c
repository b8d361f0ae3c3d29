// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Tests in C, by the kernel's own header */

#include <kunit/test.h>

static void passes(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 1, 1);
}

static void fails(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 1, 2);
}

static struct kunit_case cases[] = { KUNIT_CASE(passes), KUNIT_CASE(fails), {} };

static struct kunit_suite suite = { .name = "plain", .test_cases = cases };

kunit_test_suite(suite);

MODULE_LICENSE("GPL");
