// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Arrays as long as the characters of a string: C++ has no place for the NUL, and wants them one by
// one.
#include "convert/rules.hpp"

#include <cctype>

namespace kcxx::convert
{

using namespace clang;

namespace
{

std::string character(unsigned char c)
{
	if (c == '\'' || c == '\\')
		return std::string("'\\") + static_cast<char>(c) + "'";
	if (std::isprint(c) != 0)
		return std::string("'") + static_cast<char>(c) + "'";
	constexpr std::string_view digits = "0123456789abcdef";
	return std::string("'\\x") + digits[c / digits.size()] + digits[c % digits.size()] + "'";
}

} // namespace

void string_literal(Conversion &conversion, const StringLiteral &literal)
{
	if (literal.isUnevaluated() || literal.getType().isNull()) // a message
		return;
	const auto *array = conversion.ast().getAsConstantArrayType(literal.getType());
	if (array == nullptr || literal.getCharByteWidth() != 1 ||
	    array->getSize().ugt(literal.getLength()))
		return;
	const auto span = conversion.span(&literal);
	if (!span)
		return;
	std::string list = "{ ";
	for (unsigned i = 0; i < array->getSize().getZExtValue(); i++)
		list += (i == 0 ? "" : ", ") +
			character(static_cast<unsigned char>(literal.getCodeUnit(i)));
	conversion.replace(*span, {list + " }"}, "a string");
}

} // namespace kcxx::convert
