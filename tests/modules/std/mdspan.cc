// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <version>

#if _GLIBCXX_RELEASE >= 16
#include <mdspan>
#endif

#include "probes.hpp"

bool probes::try_mdspan()
{
#if _GLIBCXX_RELEASE >= 16
	int a[6] = {1, 2, 3, 4, 5, 6};
	std::mdspan<int, std::extents<int, 2, std::dynamic_extent>> m{a, 3};
	m[zero(), 2] = 7;
	return m[1, zero()] == 4 && a[2] == 7 && m.extent(1) == 3;
#else
	return false;
#endif
}
