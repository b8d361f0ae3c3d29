// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Cases of every outcome. test_kunit.py asserts the results that their runner reports.

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include <kernel/kunit.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using kernel::Error;
using kernel::KUnitTest;
using kernel::Result;

// In the other source
extern const kernel::KUnitSuite elsewhere;

namespace
{

/// Logs the end of its scope.
struct Guard {
	const char *of;
	~Guard() { pr_info("guard of %s: released\n", of); }
};

// Cases that pass

void everything_holds(KUnitTest &test)
{
	int evaluated = 0;
	KUNIT_EXPECT_EQ(test, ++evaluated, 1);
	KUNIT_EXPECT_TRUE(test, evaluated == 1);
	KUNIT_EXPECT_FALSE(test, evaluated == 2);
	KUNIT_EXPECT_NE(test, evaluated, 2);
	KUNIT_EXPECT_LT(test, -1, 1U); // by value: C's own comparison converts -1
	KUNIT_EXPECT_LE(test, 1, 1);
	KUNIT_EXPECT_GT(test, UINT64_MAX, INT64_MIN);
	KUNIT_EXPECT_GE(test, 2, 1);
	KUNIT_EXPECT_NULL(test, static_cast<int *>(nullptr));
	KUNIT_EXPECT_NOT_NULL(test, &evaluated);
	KUNIT_EXPECT_STREQ(test, "same", std::string_view("same, and more", 4));
	KUNIT_EXPECT_STRNEQ(test, "one", "other");
	KUNIT_EXPECT_OK(test, Result<int>{1});
	KUNIT_EXPECT_ERR(test, Result<int>{std::unexpected(kernel::ENOENT)}, kernel::ENOENT);
}

Result<> assertions_hold(KUnitTest &test)
{
	KUNIT_ASSERT_TRUE(test, true);
	KUNIT_ASSERT_EQ(test, 2 + 2, 4);
	KUNIT_ASSERT_STREQ(test, "a", "a");
	KUNIT_INFO(test, "noted %d", 7);
	return {};
}

/// Lines of others, of which some look like results
void noise_between(KUnitTest &test)
{
	pr_info("not ok 1 noise\n");
	printk(KERN_INFO "ok 9 noise at the margin\n");
	printk(KERN_INFO "not ok 9 noise at the margin\n");
	printk(KERN_INFO "        not ok 1 noise set in\n");
	KUNIT_EXPECT_TRUE(test, true);
}

// Cases that fail, in ways that show values

void values(KUnitTest &test)
{
	const int three = 3;
	const unsigned long long huge = UINT64_MAX;
	const bool off = false;
	const std::string_view text{"that"};
	enum class Colour { red, green };
	KUNIT_EXPECT_EQ(test, three, 4);
	KUNIT_EXPECT_EQ(test, huge, -1);
	KUNIT_EXPECT_EQ(test, off, true);
	KUNIT_EXPECT_EQ(test, Colour::red, Colour::green);
	KUNIT_EXPECT_LT(test, three, 3);
	KUNIT_EXPECT_TRUE(test, three > 3);
	KUNIT_EXPECT_STREQ(test, text, "this");
	KUNIT_EXPECT_NOT_NULL(test, static_cast<int *>(nullptr));
	KUNIT_EXPECT_EQ(test, kernel::ENOMEM, kernel::EIO);
	KUNIT_EXPECT_OK(test, Result<int>{std::unexpected(kernel::ENOENT)});
	KUNIT_EXPECT_ERR(test, Result<int>{1}, kernel::EINVAL);
	KUNIT_EXPECT_ERR(test, Result<int>{std::unexpected(kernel::EIO)}, kernel::EINVAL);
	KUNIT_FAIL(test, "told by hand: %s", "yes");
	pr_info("expectations: gone on\n");
}

Result<> assertion_stops(KUnitTest &test)
{
	const Guard guard{"assertion"};
	KUNIT_ASSERT_EQ(test, 1, 2);
	pr_info("reached after an assertion\n");
	return {};
}

Result<int> half(KUnitTest &test, int number)
{
	KUNIT_ASSERT_EQ(test, number % 2, 0);
	return {std::in_place, number / 2};
}

Result<> assertion_in_a_function(KUnitTest &test)
{
	const Guard guard{"function"};
	KUNIT_EXPECT_EQ(test, KTRY(half(test, 4)), 2);
	KUNIT_EXPECT_EQ(test, KTRY(half(test, 5)), 2);
	pr_info("reached after an assertion\n");
	return {};
}

Result<> returns_an_error(KUnitTest & /*test*/)
{
	return std::unexpected(kernel::ENOMEM);
}

// Cases that are skipped

Result<> skipped(KUnitTest &test)
{
	const Guard guard{"skip"};
	KUNIT_SKIP(test, "no such hardware");
}

void marked(KUnitTest &test)
{
	test.mark_skipped("marked only");
	pr_info("marked: gone on\n");
}

void skipped_and_failed(KUnitTest &test)
{
	test.mark_skipped("but it fails");
	KUNIT_EXPECT_EQ(test, 1, 2);
}

// Fixtures

struct Fixture {
	int number = 5;
	kernel::Box<int> own;

	static Result<Fixture> init(KUnitTest &test)
	{
		KUNIT_INFO(test, "fixture made");
		return Fixture{KTRY(kernel::Box<int>::make(kernel::GFP_KERNEL, 6))};
	}

	explicit Fixture(kernel::Box<int> box) : own{std::move(box)} {}
	Fixture(const Fixture &) = delete;
	Fixture &operator=(const Fixture &) = delete;
	Fixture(Fixture &&) = default;
	Fixture &operator=(Fixture &&) = default;
	~Fixture()
	{
		if (own)
			pr_info("fixture of %d: released\n", number);
	}
};

struct NoFixture {
	static Result<NoFixture> init(KUnitTest & /*test*/)
	{
		return std::unexpected(kernel::ENODEV);
	}
};

Result<> with_fixture(KUnitTest &test, Fixture &fixture)
{
	KUNIT_ASSERT_EQ(test, fixture.number, 5);
	KUNIT_EXPECT_EQ(test, *fixture.own, 6);
	fixture.number = 50;
	return {};
}

void fixture_is_new(KUnitTest &test, Fixture &fixture)
{
	KUNIT_EXPECT_EQ(test, fixture.number, 5);
}

void without_its_fixture(KUnitTest & /*test*/, NoFixture & /*fixture*/)
{
	pr_info("reached without a fixture\n");
}

// Parameters

struct Square {
	const char *name;
	int of;
	int is;
};
constexpr std::array squares = {Square{"two", 2, 4}, Square{"three", 3, 8}, Square{"four", 4, 16}};
constexpr std::array numbers = {1, 2};

void squared(KUnitTest &test, const Square &square)
{
	KUNIT_EXPECT_EQ(test, square.of * square.of, square.is);
}

Result<> numbered(KUnitTest &test, Fixture &fixture, const int &number)
{
	if (number == 2)
		KUNIT_SKIP(test, "not two");
	KUNIT_EXPECT_EQ(test, fixture.number, 5);
	return {};
}

// Cases with shared data

struct Shared {
	int uses = 0;

	static Result<Shared> init()
	{
		pr_info("shared: made\n");
		return Shared{};
	}
	Shared() = default;
	Shared(const Shared &) = delete;
	Shared &operator=(const Shared &) = delete;
	Shared(Shared &&other) noexcept : uses{std::exchange(other.uses, -1)} {}
	Shared &operator=(Shared &&) = delete;
	~Shared()
	{
		if (uses > 0)
			pr_info("shared: released after %d\n", uses);
	}
};

struct Unshared {
	static Result<Unshared> init() { return std::unexpected(kernel::EBUSY); }
};

void uses_shared(KUnitTest &test)
{
	KUNIT_EXPECT_EQ(test, ++kernel::kunit_shared<Shared>().uses, 1);
}

void uses_shared_too(KUnitTest &test)
{
	KUNIT_EXPECT_EQ(test, ++kernel::kunit_shared<Shared>().uses, 2);
}

void unreached(KUnitTest & /*test*/)
{
	pr_info("reached without what is shared\n");
}

} // namespace

KUNIT_SUITE(passes, KUNIT_CASE(everything_holds), KUNIT_CASE(assertions_hold),
	    KUNIT_CASE(noise_between), KUNIT_CASE(with_fixture), KUNIT_CASE(fixture_is_new),
	    KUNIT_CASE_NAMED("of a lambda", [](KUnitTest &test) {
		    const std::array both = {1, 2};
		    KUNIT_EXPECT_EQ(test, both[0] + both[1], 3);
	    }));
KUNIT_SUITE(fails, KUNIT_CASE(values), KUNIT_CASE(assertion_stops),
	    KUNIT_CASE(assertion_in_a_function), KUNIT_CASE(returns_an_error),
	    KUNIT_CASE(without_its_fixture), KUNIT_CASE(everything_holds));
KUNIT_SUITE(skips, KUNIT_CASE(skipped), KUNIT_CASE(marked), KUNIT_CASE(skipped_and_failed));
KUNIT_SUITE(all_skipped, KUNIT_CASE(skipped));
KUNIT_SUITE(parameters, KUNIT_CASE_PARAM(squared, squares), KUNIT_CASE_PARAM(numbered, numbers));
KUNIT_SUITE_SHARING(shares, Shared, KUNIT_CASE(uses_shared), KUNIT_CASE(uses_shared_too));
KUNIT_SUITE_SHARING(shares_nothing, Unshared, KUNIT_CASE(unreached));

KUNIT_TEST_SUITES(passes, fails, skips, all_skipped, parameters, shares, shares_nothing, elsewhere);
