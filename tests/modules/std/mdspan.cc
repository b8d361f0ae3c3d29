// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <version>

#if _GLIBCXX_RELEASE >= 16
#include <mdspan>
#endif

#include <array>

#include "probes.hpp"

#if _GLIBCXX_RELEASE >= 16
bool probes::try_mdspan_indexes()
{
	int a[6] = {1, 2, 3, 4, 5, 6};
	std::mdspan<int, std::extents<int, 2, std::dynamic_extent>> m{a, 3 + zero()};
	m[zero(), 2] = 7;
	return m[1, zero()] == 4 && a[2] == 7 && m.extent(1) == 3 && m.size() == 6;
}
#endif

#if _GLIBCXX_RELEASE >= 16
bool probes::try_mdspan_has_layouts()
{
	int a[6] = {1, 2, 3, 4, 5, 6 + zero()};
	const std::mdspan<int, std::dextents<int, 2>, std::layout_left> columns{a, 2, 3};
	const std::layout_stride::mapping sparse{std::extents<int, 2, 2>{}, std::array{3, 2}};
	const std::mdspan<int, std::extents<int, 2, 2>, std::layout_stride> corners{a, sparse};
	return columns[1, 2] == 6 && columns[0, 1] == 3 && columns.stride(1) == 2 &&
	       corners[1, 1] == 6;
}
#endif
