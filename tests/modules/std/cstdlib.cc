// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstdlib>

#include "probes.hpp"

namespace
{

int compare(const void *a, const void *b)
{
	return *static_cast<const int *>(a) - *static_cast<const int *>(b);
}

} // namespace

bool probes::try_cstdlib_sorts()
{
	int a[6]{3, 1, 2, 9, -4, 5 + zero()};
	std::qsort(a, 6, sizeof(int), compare);
	return a[0] == -4 && a[1] == 1 && a[2] == 2 && a[3] == 3 && a[4] == 5 && a[5] == 9;
}

bool probes::try_cstdlib_searches()
{
	const int a[3]{1, 2, 3 + zero()};
	const int wanted = 2;
	const int absent = 7;
	return std::bsearch(&wanted, a, 3, sizeof(int), compare) == a + 1 &&
	       std::bsearch(&absent, a, 3, sizeof(int), compare) == nullptr;
}

bool probes::try_cstdlib_divides()
{
	const auto [quotient, rest] = std::div(-7 + zero(), 2);
	return quotient == -3 && rest == -1 && std::abs(-3 + zero()) == 3 &&
	       std::llabs(-(1LL << 40)) == 1LL << 40 && std::lldiv(1LL << 40, 3).rem == 1;
}
