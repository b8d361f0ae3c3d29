// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <expected>

#include "probes.hpp"

bool probes::try_expected_holds_a_value_or_an_error()
{
	std::expected<int, int> e{3 + zero()};
	const std::expected<int, int> f = std::unexpected(4 + zero());
	const bool held = *e == 3 && f.error() == 4 && f.value_or(1) == 1;
	e = f;
	return held && !e && e == f;
}

bool probes::try_expected_holds_nothing_or_an_error()
{
	std::expected<void, int> e;
	const bool held = e.has_value();
	e = std::unexpected(5 + zero());
	return held && !e && e.error() == 5;
}

#if _GLIBCXX_RELEASE >= 13
bool probes::try_expected_goes_on()
{
	const std::expected<int, int> e{3 + zero()};
	const auto half = [](int n) -> std::expected<int, int> {
		if (n % 2 != 0)
			return std::unexpected(n);
		return n / 2;
	};
	const auto f = e.transform([](int n) { return n + 1; }).and_then(half);
	const auto g = e.and_then(half).or_else([](int n) { return std::expected<int, int>{-n}; });
	return f == 2 && g == -3 && e.and_then(half).error_or(0) == 3;
}
#endif
