// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The unit tests of ring.hpp: a module of its own, which is not shipped.

#include "ring.hpp"

#include <kernel/prelude.hpp>
#include <kernel/testing.hpp>

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Unit tests of a queue");

namespace
{

using kernel::KUnitTest;
using kernel::Result;

void new_ring_is_empty(KUnitTest &test)
{
	Ring<int, 3> ring;
	KUNIT_EXPECT_EQ(test, ring.size(), 0);
	KUNIT_EXPECT_ERR(test, ring.pop(), kernel::ENODATA);
}

/// A fixture, made anew for each case that takes one
struct FullRing {
	Ring<int, 3> ring;

	static Result<FullRing> init(KUnitTest & /*test*/)
	{
		FullRing made;
		for (const int value : {1, 2, 3})
			KTRY(made.ring.push(value));
		return made;
	}
};

void full_ring_refuses_more(KUnitTest &test, FullRing &full)
{
	KUNIT_EXPECT_ERR(test, full.ring.push(4), kernel::ENOSPC);
	KUNIT_EXPECT_EQ(test, full.ring.size(), 3);
}

Result<> oldest_comes_first(KUnitTest &test, FullRing &full)
{
	// Without a first value the next lines make no sense: an assertion ends the case.
	const auto first = full.ring.pop();
	KUNIT_ASSERT_OK(test, first);
	KUNIT_EXPECT_EQ(test, *first, 1);
	KUNIT_EXPECT_EQ(test, KTRY(full.ring.pop()), 2); // its error would fail the case too
	return {};
}

struct Rounds {
	const char *name;
	int count;
};
constexpr std::array rounds = {Rounds{"within", 2}, Rounds{"around", 4}, Rounds{"often", 1000}};

Result<> keeps_its_order(KUnitTest &test, const Rounds &rounds)
{
	Ring<int, 3> ring;
	for (int value = 0; value < rounds.count; ++value) {
		KTRY(ring.push(value));
		KUNIT_ASSERT_EQ(test, KTRY(ring.pop()), value);
	}
	return {};
}

Result<> needs_many_cpus(KUnitTest &test)
{
	KUNIT_SKIP(test, "one CPU is enough for this example");
}

} // namespace

KUNIT_SUITE(ring, KUNIT_CASE(new_ring_is_empty), KUNIT_CASE(full_ring_refuses_more),
	    KUNIT_CASE(oldest_comes_first), KUNIT_CASE_PARAM(keeps_its_order, rounds),
	    KUNIT_CASE(needs_many_cpus));

KUNIT_TEST_SUITES(ring);
