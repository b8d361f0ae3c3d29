// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <stdarg.h>

#include "probes.hpp"

namespace
{

int sum(int count, ...)
{
	va_list rest;
	va_start(rest, count);
	int all = 0;
	while (count-- > 0)
		all += va_arg(rest, int);
	va_end(rest);
	return all;
}

} // namespace

bool probes::try_stdarg_h_passes_arguments()
{
	return sum(2, 3, 4 + zero()) == 7;
}
