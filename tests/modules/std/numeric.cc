// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <numeric>

#include <functional>
#include <ranges>

#include "probes.hpp"

bool probes::try_numeric_sums()
{
	int a[4]{};
	std::iota(a, a + 4, 1 + zero());
	const int b[4]{2, 2, 2, 2};
	return std::accumulate(a, a + 4, 0) == 10 && std::reduce(a, a + 4) == 10 &&
	       std::inner_product(a, a + 4, b, 0) == 20 &&
	       std::transform_reduce(a, a + 4, 0, std::plus<>{}, [](int v) { return v * v; }) == 30;
}

bool probes::try_numeric_scans()
{
	const int a[4]{1, 2, 3, 4 + zero()};
	int sums[4];
	int before[4];
	int steps[4];
	std::inclusive_scan(a, a + 4, sums);
	std::exclusive_scan(a, a + 4, before, 0);
	std::adjacent_difference(sums, sums + 4, steps);
	return sums[3] == 10 && before[3] == 6 && steps[3] == 4;
}

bool probes::try_numeric_divides()
{
	return std::gcd(12 + zero(), 18) == 6 && std::lcm(4 + zero(), 6) == 12 &&
	       std::midpoint(1 + zero(), 4) == 2 && std::gcd(-4 + zero(), 6U) == 2;
}

bool probes::try_numeric_divides_128_bits()
{
	using Wide = unsigned __int128;
	const Wide big =
		(static_cast<Wide>(0x123456789abcdef0 + zero()) << 64) | 0xfedcba9876543210;
	const Wide by = (static_cast<Wide>(7) << 64) | 5;
	const auto minus = -static_cast<__int128>(big);
	const Wide quotient = big / by;
	const Wide rest = big % by;
	const Wide third = big / 1000000007;
	return quotient * by + rest == big && rest < by && quotient == 0x299c335ccf668fd &&
	       third * 1000000007 + big % 1000000007 == big && big / (big + 1) == 0 &&
	       minus / 1000 == -static_cast<__int128>(big / 1000) &&
	       minus % 1000 == -static_cast<__int128>(big % 1000) &&
	       std::lcm(static_cast<__int128>(1) << 90, minus % 64 + 3) != 0;
}

#if _GLIBCXX_RELEASE >= 13
bool probes::try_numeric_counts_a_range()
{
	int a[3]{};
	std::ranges::iota(a, 5 + zero());
	return a[0] == 5 && a[2] == 7;
}
#endif
