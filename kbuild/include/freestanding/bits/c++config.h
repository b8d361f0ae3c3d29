/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * libstdc++'s configuration, which every one of its headers includes first, for
 * the kernel: its packages are configured for user space.
 */
#ifndef KCXX_CXXCONFIG_H
#define KCXX_CXXCONFIG_H

#pragma GCC system_header

#include_next <bits/c++config.h>

/* No wide characters: no C library has them here. <wchar.h> beside this file. */
#undef _GLIBCXX_USE_WCHAR_T

/*
 * Where std would throw, and where one of its assertions fails: a BUG() with a
 * message. The trap is for objtool, which knows no noreturn function of ours.
 */
extern "C" void kcxx_abort();

#define __builtin_abort() (kcxx_abort(), __builtin_trap())

#undef __glibcxx_assert
#define __glibcxx_assert(condition)                                                                \
	do {                                                                                       \
		if (__builtin_expect(!bool(condition), false))                                     \
			__builtin_abort();                                                         \
	} while (false)

#endif
