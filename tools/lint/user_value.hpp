// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The bounds of a number that may come from user space, and of a number computed with it.
#pragma once

#include <clang/AST/Expr.h>
#include <cstdint>
#include <limits>
#include <optional>

namespace kcxx::lint
{

/** The bound of a number from above */
enum class Number {
	own,       // not of user space, or made harmless
	bounded,   // of user space, behind a check, which a processor may pass on trial
	unchecked, // of user space
};

/** The bound of a number from below */
enum class Least {
	unknown,
	negative, // a number below zero
	zero,
	positive, // and of a number that is not of user space, whatever it is
};

struct UserValue {
	static constexpr auto any = std::numeric_limits<std::uint64_t>::max();
	static constexpr std::uint64_t few = 65535; // elements, which any memory has room for

	Number number = Number::own;
	Least least = Least::positive;
	std::uint64_t most = any; // that its type has
	bool is_nonzero = false;  // by a check of a number that may be below

	auto operator<=>(const UserValue &) const = default;

	/** Returns whether user space may make it as large as it wants. */
	[[nodiscard]] bool is_unchecked() const
	{
		return least < Least::zero || number == Number::unchecked;
	}
	/** Returns whether it is one that user space decides on, in any way. */
	[[nodiscard]] bool is_of_user() const
	{
		return number != Number::own || least != Least::positive;
	}
	/** Returns whether user space may make it zero. */
	[[nodiscard]] bool may_be_zero() const
	{
		return is_of_user() && least != Least::positive && !is_nonzero;
	}
	/** Returns whether it is as small as its type, which nothing else has to check. */
	[[nodiscard]] bool is_at_most(std::uint64_t limit) const
	{
		return least >= Least::zero && most <= limit;
	}
};

/** A value of @type of which nothing else is known. */
UserValue value_of_type(clang::QualType type, Number number);

/** Returns @value, of which @type has no more than it can hold. */
UserValue within(UserValue value, clang::QualType type);

/** Returns @value of type @from as one of type @to. */
UserValue converted(UserValue value, clang::QualType from, clang::QualType to);

/** Returns what is known of one value and of another, of which either may be there. */
UserValue worse(UserValue a, UserValue b);
UserValue better(UserValue a, UserValue b);

/** Returns what `left operation right` is, of type @type; @constant is what right is, if that is
 * one. */
UserValue computed(clang::BinaryOperatorKind operation, UserValue left, UserValue right,
		   clang::QualType type, std::optional<std::uint64_t> constant);

/** Returns whether a mask of this value lets large numbers through: ~7U. */
bool is_mask_of_high_bits(std::uint64_t mask, clang::QualType type);

} // namespace kcxx::lint
