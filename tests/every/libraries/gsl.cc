// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <gsl/span>
#include <gsl/util>

bool try_gsl();

bool try_gsl()
{
	int ended = 0;
	{
		const auto last = gsl::finally([&] { ended = 1; });
	}
	return ended == 1 && gsl::narrow_cast<char>(65) == 'A';
}
