// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <tl/expected.hpp>

namespace
{

tl::expected<int, int> half(int number)
{
	if (number % 2 != 0)
		return tl::make_unexpected(-22);
	return number / 2;
}

} // namespace

bool try_tl_expected();

bool try_tl_expected()
{
	volatile int number = 12;
	const auto quarter = half(number).and_then(half).map([](int n) { return n + 1; });
	const auto eighth = half(number).and_then(half).and_then(half);
	return quarter && *quarter == 4 && !eighth && eighth.error() == -22 &&
	       eighth.value_or(1) == 1;
}
