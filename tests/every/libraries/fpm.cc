// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <fpm/fixed.hpp>

bool try_fpm();

bool try_fpm()
{
	using fpm::fixed_16_16;
	volatile int number = 3;
	const fixed_16_16 three{static_cast<int>(number)};
	const fixed_16_16 quotient = three / 2 * 7 - fixed_16_16::from_raw_value(1 << 15);
	return quotient == fixed_16_16{10} && static_cast<int>(quotient) == 10 &&
	       (three / 2).raw_value() == 3 << 15 && three > quotient / 4 && -three < three;
}
