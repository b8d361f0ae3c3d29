/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * For <bits/std_abs.h>. <cstdlib> and <stdlib.h> are in ../freestanding/.
 */
#ifndef KCXX_LIBC_STDLIB_H
#define KCXX_LIBC_STDLIB_H

#pragma GCC system_header

#pragma push_macro("abs")
#undef abs

extern "C" inline int abs(int number)
{
	return number < 0 ? -number : number;
}

#pragma pop_macro("abs")

#endif
