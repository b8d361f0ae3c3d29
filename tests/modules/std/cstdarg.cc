// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstdarg>

#include "probes.hpp"

bool probes::try_cstdarg_passes_arguments()
{
	const auto first = [](int n, ...) {
		va_list list;
		va_start(list, n);
		const int v = va_arg(list, int);
		va_end(list);
		return v;
	};
	return first(1, 5 + zero()) == 5;
}
