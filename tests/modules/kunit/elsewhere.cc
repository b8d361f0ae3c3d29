// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A suite in a source of its own

#include <kernel/kunit.hpp>

KUNIT_SUITE(elsewhere, KUNIT_CASE_NAMED("passes", [](kernel::KUnitTest &test) {
		    KUNIT_EXPECT_TRUE(test, true);
	    }));
