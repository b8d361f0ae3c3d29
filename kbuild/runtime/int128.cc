// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Division of integers of 128 bits, which compilers leave to a function. Weak, because a module
/// may bring its own.

#include <kernel/bug.hpp>

namespace
{

__extension__ using Unsigned = unsigned __int128;
__extension__ using Signed = __int128;

struct Division {
	Unsigned quotient;
	Unsigned remainder;
};

// A bit of the quotient at a time, where 64 bits are not enough: rare in a kernel, which has no
// such function.
constexpr Division divide(Unsigned number, Unsigned by)
{
	constexpr auto top = Unsigned{1} << 127;
	const auto low = static_cast<unsigned long>(number);
	const auto low_by = static_cast<unsigned long>(by);
	if (by == 0)
		kernel::bug("division of 128 bits by zero");
	if (number == low && by == low_by)
		return {low / low_by, low % low_by};
	Division result{0, number};
	Unsigned bit = 1;
	for (; by < number && (by & top) == 0; by <<= 1)
		bit <<= 1;
	for (; bit != 0; bit >>= 1, by >>= 1) {
		if (result.remainder < by)
			continue;
		result.remainder -= by;
		result.quotient |= bit;
	}
	return result;
}

constexpr Unsigned magnitude(Signed number)
{
	return number < 0 ? -static_cast<Unsigned>(number) : static_cast<Unsigned>(number);
}

constexpr Signed with_sign(bool negative, Unsigned number)
{
	return static_cast<Signed>(negative ? -number : number);
}

} // namespace

extern "C" {

Unsigned __udivti3(Unsigned number, Unsigned by);
Unsigned __umodti3(Unsigned number, Unsigned by);
Unsigned __udivmodti4(Unsigned number, Unsigned by, Unsigned *remainder);
Signed __divti3(Signed number, Signed by);
Signed __modti3(Signed number, Signed by);
Signed __divmodti4(Signed number, Signed by, Signed *remainder);

[[gnu::weak]] Unsigned __udivti3(Unsigned number, Unsigned by)
{
	return divide(number, by).quotient;
}

[[gnu::weak]] Unsigned __umodti3(Unsigned number, Unsigned by)
{
	return divide(number, by).remainder;
}

[[gnu::weak]] Unsigned __udivmodti4(Unsigned number, Unsigned by, Unsigned *remainder)
{
	const Division result = divide(number, by);
	*remainder = result.remainder;
	return result.quotient;
}

[[gnu::weak]] Signed __divti3(Signed number, Signed by)
{
	return with_sign((number < 0) != (by < 0),
			 divide(magnitude(number), magnitude(by)).quotient);
}

// A remainder has the sign of what was divided.
[[gnu::weak]] Signed __modti3(Signed number, Signed by)
{
	return with_sign(number < 0, divide(magnitude(number), magnitude(by)).remainder);
}

[[gnu::weak]] Signed __divmodti4(Signed number, Signed by, Signed *remainder)
{
	const Division result = divide(magnitude(number), magnitude(by));
	*remainder = with_sign(number < 0, result.remainder);
	return with_sign((number < 0) != (by < 0), result.quotient);
}
}
