// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/user_value.hpp"

#include <algorithm>
#include <bit>
#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns the type of the number that @type is or holds: u32 of Result<u32>; null if there is
 * none. */
QualType number_in(QualType type)
{
	type = type.getNonReferenceType();
	if (const auto *enumeration = type->getAs<EnumType>())
		type = enumeration->getDecl()->getIntegerType();
	if (type.isNull() || type->isIntegerType())
		return type;
	const auto *record =
		dyn_cast_or_null<ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
	if (record == nullptr || record->getTemplateArgs().size() == 0 ||
	    record->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
		return {};
	const auto held = record->getTemplateArgs()[0].getAsType();
	return held->isIntegerType() ? held : QualType{};
}

unsigned width_of(QualType type)
{
	const auto *builtin = type->getAs<BuiltinType>();
	if (builtin == nullptr)
		return 64;
	switch (builtin->getKind()) {
	case BuiltinType::Bool:
		return 1;
	case BuiltinType::Char_S:
	case BuiltinType::Char_U:
	case BuiltinType::SChar:
	case BuiltinType::UChar:
	case BuiltinType::Char8:
		return 8;
	case BuiltinType::Short:
	case BuiltinType::UShort:
	case BuiltinType::Char16:
		return 16;
	case BuiltinType::Int:
	case BuiltinType::UInt:
	case BuiltinType::Char32:
		return 32;
	default:
		return 64; // long, of the kernels that have it so, too
	}
}

std::uint64_t most_of(QualType type)
{
	const auto number = number_in(type);
	if (number.isNull())
		return UserValue::any;
	const auto width = width_of(number) - (number->isSignedIntegerType() ? 1 : 0);
	return width >= 64 ? UserValue::any : (std::uint64_t{1} << width) - 1;
}

std::uint64_t sum(std::uint64_t a, std::uint64_t b)
{
	return a > UserValue::any - b ? UserValue::any : a + b;
}

std::uint64_t product(std::uint64_t a, std::uint64_t b)
{
	return b != 0 && a > UserValue::any / b ? UserValue::any : a * b;
}

Least least_of_sum(Least a, Least b)
{
	if (std::min(a, b) >= Least::zero)
		return std::max(a, b);
	return std::min(a, b) == Least::negative ? Least::zero : Least::unknown;
}

UserValue difference(UserValue left, UserValue right, QualType type, bool is_constant)
{
	if (!left.is_of_user())
		return {.number = right.number};
	const auto number = std::max(left.number, right.number);
	if (!is_constant || left.least == Least::positive)
		return {.number = number, .least = left.least, .most = left.most};
	if (type->isUnsignedIntegerType())
		return {.number = Number::unchecked, .least = Least::zero};
	return {.number = number, .least = std::min(left.least, Least::negative)};
}

UserValue masked(UserValue left, UserValue right, QualType type)
{
	for (const auto &[mask, other] : {std::pair{right, left}, std::pair{left, right}})
		if (!mask.is_of_user() && is_mask_of_high_bits(mask.most, type))
			return other;
	const auto least = std::max(left.least, right.least) == Least::positive
				   ? Least::zero
				   : std::min(left.least, right.least);
	return {.number = std::min(left.number, right.number),
		.least = left.is_of_user() || right.is_of_user() ? least : Least::positive,
		.most = std::min(left.most, right.most)};
}

UserValue remainder(UserValue left, UserValue right, std::optional<std::uint64_t> constant)
{
	if (!left.is_of_user())
		return {};
	const auto most = constant.value_or(0) != 0 ? *constant - 1 : right.most;
	return {.number = right.number == Number::own ? Number::own : Number::unchecked,
		.least = std::min(left.least, Least::zero),
		.most = std::min(left.most, most)};
}

UserValue shifted_right(UserValue left, std::optional<std::uint64_t> constant)
{
	if (left.is_of_user())
		left.least = std::min(left.least, Least::zero);
	if (constant && *constant < 64)
		left.most >>= *constant;
	return left;
}

} // namespace

UserValue value_of_type(QualType type, Number number)
{
	UserValue value{.number = number, .most = most_of(type)};
	const auto held = number_in(type);
	if (number == Number::unchecked)
		value.least = !held.isNull() && held->isSignedIntegerType() ? Least::unknown
									    : Least::zero;
	return value;
}

UserValue within(UserValue value, QualType type)
{
	value.most = std::min(value.most, most_of(type));
	return value;
}

UserValue converted(UserValue value, QualType from, QualType to)
{
	if (number_in(from).isNull() || number_in(to).isNull() || !value.is_of_user())
		return within(value, to);
	const auto target = number_in(to);
	if (target->isBooleanType())
		return {.most = 1};
	if (target->isUnsignedIntegerType() && value.least < Least::zero)
		return {.number = Number::unchecked, .least = Least::zero, .most = most_of(to)};
	if (target->isSignedIntegerType() && number_in(from)->isUnsignedIntegerType() &&
	    value.number == Number::unchecked && value.most > most_of(to))
		value.least = Least::unknown;
	return within(value, to);
}

UserValue worse(UserValue a, UserValue b)
{
	return {.number = std::max(a.number, b.number),
		.least = std::min(a.least, b.least),
		.most = std::max(a.most, b.most),
		.is_nonzero = !a.may_be_zero() && !b.may_be_zero()};
}

UserValue better(UserValue a, UserValue b)
{
	return {.number = std::min(a.number, b.number),
		.least = std::max(a.least, b.least),
		.most = std::min(a.most, b.most),
		.is_nonzero = !a.may_be_zero() || !b.may_be_zero()};
}

bool is_mask_of_high_bits(std::uint64_t mask, QualType type)
{
	const auto all = most_of(type);
	const auto inside = mask & all;
	return inside != all && std::bit_width(inside) == std::bit_width(all);
}

UserValue computed(BinaryOperatorKind operation, UserValue left, UserValue right, QualType type,
		   std::optional<std::uint64_t> constant)
{
	const auto number = std::max(left.number, right.number);
	const auto least = std::min(left.least, right.least);
	switch (operation) {
	case BO_Add:
		return {.number = number,
			.least = least_of_sum(left.least, right.least),
			.most = sum(left.most, right.most)};
	case BO_Mul:
		return {.number = number, .least = least, .most = product(left.most, right.most)};
	case BO_Sub:
		return difference(left, right, type, constant.has_value());
	case BO_Div:
		if (!left.is_of_user())
			return {};
		left.least = std::min(left.least, Least::zero);
		left.most /= std::max<std::uint64_t>(constant.value_or(1), 1);
		return left;
	case BO_Rem:
		return remainder(left, right, constant);
	case BO_And:
		return masked(left, right, type);
	case BO_Shr:
		return shifted_right(left, constant);
	case BO_Shl:
		return {.number = number,
			.least = left.least,
			.most = constant && *constant < 63
					? product(left.most, std::uint64_t{1} << *constant)
					: UserValue::any};
	case BO_Or:
	case BO_Xor: {
		const auto bits = std::bit_width(left.most | right.most);
		return {.number = number,
			.least = operation == BO_Or ? std::max(left.least, right.least) : least,
			.most = bits >= 64 ? UserValue::any : (std::uint64_t{1} << bits) - 1};
	}
	case BO_Assign:
	case BO_Comma:
		return right;
	default:
		return {}; // a comparison
	}
}

} // namespace kcxx::lint
