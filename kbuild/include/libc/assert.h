/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* assert(): a BUG() where the condition is false. As in C, NDEBUG counts at each inclusion. */
#pragma GCC system_header

#include <bits/c++config.h>

#undef assert
#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition) (__builtin_expect(!!(condition), 1) ? (void)0 : __builtin_abort())
#endif
