// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Expectations and assertions of unit tests. C API: <kunit/test.h>.
///
/// KUNIT_EXPECT_…() reports an expectation that is not met, with the values, and goes on.
/// KUNIT_ASSERT_…() ends the function then, which has to return a Result: unlike C's it ends no
/// thread, so that destructors run. A function that a case calls may assert too: the case calls
/// it by KTRY().
///
/// Each operand is evaluated once. Integers compare by their values, whatever their types' signs.
/// Context: process; nothing here sleeps.

#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <kernel/error.hpp>
#include <kernel/testing/kunit_test.hpp>

namespace kernel::detail
{

/// The place of an expectation in the source, and its words
struct KUnitPlace {
	const char *kind;
	const char *file;
	int line;
	const char *left;
	const char *right;
};

template <typename T>
concept KUnitInteger = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
		       !std::same_as<T, char8_t> && !std::same_as<T, char16_t> &&
		       !std::same_as<T, char32_t> && !std::same_as<T, wchar_t>;

template <typename T>
concept KUnitText = std::convertible_to<const T &, std::string_view>;

template <typename T>
concept KUnitCText = std::same_as<T, const char *> || std::same_as<T, char *>;

template <typename T>
concept KUnitResult = requires(const T &result) {
	{ result.has_value() } -> std::same_as<bool>;
	{ result.error() } -> std::convertible_to<Error>;
};

inline void kunit_failed_at(KUnitTest &test, const KUnitPlace &place)
{
	test.fail();
	KCXX_KUNIT_PRINT(err, test, "# %s: %s FAILED at %s:%d", test.name(), place.kind, place.file,
			 place.line);
}

/// True for a literal number or text, which needs no line to show its value
constexpr bool kunit_is_literal(std::string_view words)
{
	if (words.starts_with('-'))
		words.remove_prefix(1);
	return words.starts_with('"') || (!words.empty() && words[0] >= '0' && words[0] <= '9') ||
	       words == "true" || words == "false" || words == "nullptr";
}

/// Prints the line that shows the value of the operand `words`
template <typename T>
void kunit_show(const KUnitTest &test, const char *words, const T &value)
{
	if (kunit_is_literal(words))
		return;
	if constexpr (std::same_as<T, bool>)
		KCXX_KUNIT_PRINT(err, test, "    %s == %s", words, value ? "true" : "false");
	else if constexpr (std::is_enum_v<T>)
		kunit_show(test, words, std::to_underlying(value));
	else if constexpr (std::unsigned_integral<T>)
		KCXX_KUNIT_PRINT(err, test, "    %s == %llu (0x%llx)", words,
				 static_cast<unsigned long long>(value),
				 static_cast<unsigned long long>(value));
	else if constexpr (std::integral<T>)
		KCXX_KUNIT_PRINT(err, test, "    %s == %lld (0x%llx)", words,
				 static_cast<long long>(value),
				 static_cast<unsigned long long>(value));
	else if constexpr (std::same_as<T, Error>)
		KCXX_KUNIT_PRINT(err, test, "    %s == errno %d", words, -value.to_errno());
	else if constexpr (std::same_as<T, std::nullptr_t>)
		KCXX_KUNIT_PRINT(err, test, "    %s == nullptr", words);
	else if constexpr (std::is_pointer_v<T>)
		KCXX_KUNIT_PRINT(err, test, "    %s == %px", words,
				 static_cast<const void *>(value));
	else if constexpr (KUnitText<T>) {
		const std::string_view text{value};
		KCXX_KUNIT_PRINT(err, test, "    %s == \"%.*s\"", words,
				 static_cast<int>(text.size()), text.data());
	} else
		KCXX_KUNIT_PRINT(err, test, "    %s: an object of %zu bytes", words, sizeof(T));
}

#define KCXX_KUNIT_RELATION(Name, sign, compare)                                                   \
	struct Name {                                                                              \
		static constexpr const char *text = #sign;                                         \
		template <typename L, typename R>                                                  \
		static constexpr bool holds(const L &left, const R &right)                         \
		{                                                                                  \
			if constexpr (KUnitInteger<L> && KUnitInteger<R>)                          \
				return std::compare(left, right);                                  \
			else                                                                       \
				return left sign right;                                            \
		}                                                                                  \
	}
KCXX_KUNIT_RELATION(KUnitEQ, ==, cmp_equal);
KCXX_KUNIT_RELATION(KUnitNE, !=, cmp_not_equal);
KCXX_KUNIT_RELATION(KUnitLT, <, cmp_less);
KCXX_KUNIT_RELATION(KUnitLE, <=, cmp_less_equal);
KCXX_KUNIT_RELATION(KUnitGT, >, cmp_greater);
KCXX_KUNIT_RELATION(KUnitGE, >=, cmp_greater_equal);
#undef KCXX_KUNIT_RELATION

template <typename Relation, typename L, typename R>
bool kunit_compare(KUnitTest &test, const KUnitPlace &place, const L &left, const R &right)
{
	static_assert(
		!(KUnitCText<std::decay_t<L>> && KUnitCText<std::decay_t<R>>),
		"kcxx-E1474: this would compare addresses: KUNIT_EXPECT_STREQ() compares texts");
	if (Relation::holds(left, right)) [[likely]]
		return true;
	kunit_failed_at(test, place);
	KCXX_KUNIT_PRINT(err, test, "Expected %s %s %s, but", place.left, Relation::text,
			 place.right);
	kunit_show(test, place.left, left);
	kunit_show(test, place.right, right);
	return false;
}

inline bool kunit_compare_texts(KUnitTest &test, const KUnitPlace &place, bool equal,
				std::string_view left, std::string_view right)
{
	if ((left == right) == equal) [[likely]]
		return true;
	kunit_failed_at(test, place);
	KCXX_KUNIT_PRINT(err, test, "Expected %s %s %s, but", place.left,
			 equal ? "==" : "!=", place.right);
	kunit_show(test, place.left, left);
	kunit_show(test, place.right, right);
	return false;
}

/// `truth` describes the expectation, such as "to be true, but is false"
inline bool kunit_check(KUnitTest &test, const KUnitPlace &place, bool met, const char *truth)
{
	if (met) [[likely]]
		return true;
	kunit_failed_at(test, place);
	KCXX_KUNIT_PRINT(err, test, "Expected %s %s", place.left, truth);
	return false;
}

template <KUnitResult T>
bool kunit_check_ok(KUnitTest &test, const KUnitPlace &place, const T &result)
{
	if (result.has_value()) [[likely]]
		return true;
	kunit_failed_at(test, place);
	KCXX_KUNIT_PRINT(err, test, "Expected %s to have a value, but it is errno %d", place.left,
			 -result.error().to_errno());
	return false;
}

template <KUnitResult T>
bool kunit_check_error(KUnitTest &test, const KUnitPlace &place, const T &result, Error error)
{
	if (!result.has_value() && result.error() == error) [[likely]]
		return true;
	kunit_failed_at(test, place);
	KCXX_KUNIT_PRINT(err, test, "Expected %s to be the error %s (errno %d), but", place.left,
			 place.right, -error.to_errno());
	if (result.has_value())
		KCXX_KUNIT_PRINT(err, test, "    it has a value");
	else
		KCXX_KUNIT_PRINT(err, test, "    it is errno %d", -result.error().to_errno());
	return false;
}

} // namespace kernel::detail

#define KCXX_KUNIT_PLACE(kind, left, right)                                                        \
	(::kernel::detail::KUnitPlace{kind, __FILE__, __LINE__, left, right})
#define KCXX_KUNIT_COMPARE(test, kind, Relation, left, right)                                      \
	::kernel::detail::kunit_compare<::kernel::detail::KUnit##Relation>(                        \
		(test), KCXX_KUNIT_PLACE(kind, #left, #right), (left), (right))
#define KCXX_KUNIT_TEXTS(test, kind, equal, left, right)                                           \
	::kernel::detail::kunit_compare_texts((test), KCXX_KUNIT_PLACE(kind, #left, #right),       \
					      equal, (left), (right))
#define KCXX_KUNIT_CHECK(test, kind, words, met, truth)                                            \
	::kernel::detail::kunit_check((test), KCXX_KUNIT_PLACE(kind, words, ""), (met), truth)
#define KCXX_KUNIT_OK(test, kind, result)                                                          \
	::kernel::detail::kunit_check_ok((test), KCXX_KUNIT_PLACE(kind, #result, ""), (result))
#define KCXX_KUNIT_ERROR(test, kind, result, error)                                                \
	::kernel::detail::kunit_check_error((test), KCXX_KUNIT_PLACE(kind, #result, #error),       \
					    (result), (error))
#define KCXX_KUNIT_TRUE(test, kind, words, condition)                                              \
	KCXX_KUNIT_CHECK(test, kind, words, static_cast<bool>(condition),                          \
			 "to be true, but is false")
#define KCXX_KUNIT_FALSE(test, kind, words, condition)                                             \
	KCXX_KUNIT_CHECK(test, kind, words, !static_cast<bool>(condition),                         \
			 "to be false, but is true")
#define KCXX_KUNIT_NULL(test, kind, words, pointer)                                                \
	KCXX_KUNIT_CHECK(test, kind, words, (pointer) == nullptr, "to be null, but is not")
#define KCXX_KUNIT_NOT_NULL(test, kind, words, pointer)                                            \
	KCXX_KUNIT_CHECK(test, kind, words, (pointer) != nullptr, "to be not null, but is")

#define KCXX_KUNIT_EXPECT(met) static_cast<void>(met)
#define KCXX_KUNIT_ASSERT(met)                                                                     \
	do {                                                                                       \
		if (!(met)) [[unlikely]]                                                           \
			return ::kernel::kunit_stop();                                             \
	} while (false)

// The names are the kernel's

/// The condition converts to true
#define KUNIT_EXPECT_TRUE(test, condition)                                                         \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_TRUE(test, "EXPECTATION", #condition, condition))
/// KUNIT_EXPECT_TRUE(), and ends the function if that is not met
#define KUNIT_ASSERT_TRUE(test, condition)                                                         \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_TRUE(test, "ASSERTION", #condition, condition))

/// The condition converts to false
#define KUNIT_EXPECT_FALSE(test, condition)                                                        \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_FALSE(test, "EXPECTATION", #condition, condition))
/// KUNIT_EXPECT_FALSE(), and ends the function if that is not met
#define KUNIT_ASSERT_FALSE(test, condition)                                                        \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_FALSE(test, "ASSERTION", #condition, condition))

/// left == right, for any types that have ==
#define KUNIT_EXPECT_EQ(test, left, right)                                                         \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_COMPARE(test, "EXPECTATION", EQ, left, right))
/// KUNIT_EXPECT_EQ(), and ends the function if that is not met
#define KUNIT_ASSERT_EQ(test, left, right)                                                         \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_COMPARE(test, "ASSERTION", EQ, left, right))

/// left != right
#define KUNIT_EXPECT_NE(test, left, right)                                                         \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_COMPARE(test, "EXPECTATION", NE, left, right))
/// KUNIT_EXPECT_NE(), and ends the function if that is not met
#define KUNIT_ASSERT_NE(test, left, right)                                                         \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_COMPARE(test, "ASSERTION", NE, left, right))

/// left < right
#define KUNIT_EXPECT_LT(test, left, right)                                                         \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_COMPARE(test, "EXPECTATION", LT, left, right))
/// KUNIT_EXPECT_LT(), and ends the function if that is not met
#define KUNIT_ASSERT_LT(test, left, right)                                                         \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_COMPARE(test, "ASSERTION", LT, left, right))

/// left <= right
#define KUNIT_EXPECT_LE(test, left, right)                                                         \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_COMPARE(test, "EXPECTATION", LE, left, right))
/// KUNIT_EXPECT_LE(), and ends the function if that is not met
#define KUNIT_ASSERT_LE(test, left, right)                                                         \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_COMPARE(test, "ASSERTION", LE, left, right))

/// left > right
#define KUNIT_EXPECT_GT(test, left, right)                                                         \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_COMPARE(test, "EXPECTATION", GT, left, right))
/// KUNIT_EXPECT_GT(), and ends the function if that is not met
#define KUNIT_ASSERT_GT(test, left, right)                                                         \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_COMPARE(test, "ASSERTION", GT, left, right))

/// left >= right
#define KUNIT_EXPECT_GE(test, left, right)                                                         \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_COMPARE(test, "EXPECTATION", GE, left, right))
/// KUNIT_EXPECT_GE(), and ends the function if that is not met
#define KUNIT_ASSERT_GE(test, left, right)                                                         \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_COMPARE(test, "ASSERTION", GE, left, right))

/// pointer == nullptr
#define KUNIT_EXPECT_NULL(test, pointer)                                                           \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_NULL(test, "EXPECTATION", #pointer, pointer))
/// KUNIT_EXPECT_NULL(), and ends the function if that is not met
#define KUNIT_ASSERT_NULL(test, pointer)                                                           \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_NULL(test, "ASSERTION", #pointer, pointer))

/// pointer != nullptr
#define KUNIT_EXPECT_NOT_NULL(test, pointer)                                                       \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_NOT_NULL(test, "EXPECTATION", #pointer, pointer))
/// KUNIT_EXPECT_NOT_NULL(), and ends the function if that is not met
#define KUNIT_ASSERT_NOT_NULL(test, pointer)                                                       \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_NOT_NULL(test, "ASSERTION", #pointer, pointer))

/// The same text, in any types that convert to std::string_view
#define KUNIT_EXPECT_STREQ(test, left, right)                                                      \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_TEXTS(test, "EXPECTATION", true, left, right))
/// KUNIT_EXPECT_STREQ(), and ends the function if that is not met
#define KUNIT_ASSERT_STREQ(test, left, right)                                                      \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_TEXTS(test, "ASSERTION", true, left, right))

/// Different texts
#define KUNIT_EXPECT_STRNEQ(test, left, right)                                                     \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_TEXTS(test, "EXPECTATION", false, left, right))
/// KUNIT_EXPECT_STRNEQ(), and ends the function if that is not met
#define KUNIT_ASSERT_STRNEQ(test, left, right)                                                     \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_TEXTS(test, "ASSERTION", false, left, right))

/// The Result has a value; C has no such macro
#define KUNIT_EXPECT_OK(test, result) KCXX_KUNIT_EXPECT(KCXX_KUNIT_OK(test, "EXPECTATION", result))
/// KUNIT_EXPECT_OK(), and ends the function if that is not met
#define KUNIT_ASSERT_OK(test, result) KCXX_KUNIT_ASSERT(KCXX_KUNIT_OK(test, "ASSERTION", result))

/// The Result is this Error; C has no such macro
#define KUNIT_EXPECT_ERR(test, result, error)                                                      \
	KCXX_KUNIT_EXPECT(KCXX_KUNIT_ERROR(test, "EXPECTATION", result, error))
/// KUNIT_EXPECT_ERR(), and ends the function if that is not met
#define KUNIT_ASSERT_ERR(test, result, error)                                                      \
	KCXX_KUNIT_ASSERT(KCXX_KUNIT_ERROR(test, "ASSERTION", result, error))
