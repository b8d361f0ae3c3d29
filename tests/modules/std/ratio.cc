// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <ratio>

#include "probes.hpp"

bool probes::try_ratio_compares()
{
	return std::ratio_less_v<std::milli, std::ratio<1>> &&
	       std::ratio_equal_v<std::ratio<2, 4>, std::ratio<1, 2>> &&
	       std::kilo::num == 1000 + zero();
}

bool probes::try_ratio_calculates()
{
	using Third = std::ratio<1, 3>;
	using Sum = std::ratio_add<Third, std::ratio<1, 6>>;
	using Product = std::ratio_multiply<Third, std::ratio<3, 5>>;
	return Sum::num == 1 + zero() && Sum::den == 2 && Product::den == 5;
}
