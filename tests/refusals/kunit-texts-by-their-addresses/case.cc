// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: this would compare addresses: KUNIT_EXPECT_STREQ\(\) compares texts
#include <kernel/kunit.hpp>

void test_case(kernel::KUnitTest &test, const char *text);
void test_case(kernel::KUnitTest &test, const char *text)
{
#ifdef REFUSED
	KUNIT_EXPECT_EQ(test, text, "text");
#else
	KUNIT_EXPECT_STREQ(test, text, "text");
#endif
}
