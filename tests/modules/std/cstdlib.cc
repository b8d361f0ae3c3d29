// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstdlib>

#include "probes.hpp"

bool probes::try_cstdlib()
{
	int a[3]{3, 1, 2};
	std::qsort(a, 3, sizeof(int), [](const void *x, const void *y) {
		return *static_cast<const int *>(x) - *static_cast<const int *>(y);
	});
	const int wanted = 2;
	return a[0] == 1 && a[2] == 3 && std::abs(-3 + zero()) == 3 && std::div(7, 2).rem == 1 &&
	       std::bsearch(&wanted, a, 3, sizeof(int), [](const void *x, const void *y) {
		       return *static_cast<const int *>(x) - *static_cast<const int *>(y);
	       }) == a + 1;
}
