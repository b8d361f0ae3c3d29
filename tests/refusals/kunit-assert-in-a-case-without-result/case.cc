// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: (return-statement with a value|void function .* should not return)
#include <kernel/kunit.hpp>

void test_case(kernel::KUnitTest &test);
void test_case(kernel::KUnitTest &test)
{
#ifdef REFUSED
	KUNIT_ASSERT_TRUE(test, false);
#else
	KUNIT_EXPECT_TRUE(test, false);
#endif
}
