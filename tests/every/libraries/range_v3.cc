// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <range/v3/algorithm/sort.hpp>
#include <range/v3/view/filter.hpp>

bool try_range_v3();

bool try_range_v3()
{
	int numbers[4]{3, 1, 2, 4};
	ranges::sort(numbers);
	int sum = 0;
	for (int number : numbers | ranges::views::filter([](int n) { return n > 2; }))
		sum += number;
	return sum == 7 && numbers[0] == 1;
}
