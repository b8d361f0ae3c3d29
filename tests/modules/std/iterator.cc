// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <iterator>

#include "probes.hpp"

bool probes::try_iterator()
{
	int a[3]{1, 2, 3};
	return std::distance(std::begin(a), std::end(a)) == 3 &&
	       *std::make_reverse_iterator(std::end(a)) == 3 && std::size(a) == 3 &&
	       *std::next(a) == 2;
}
