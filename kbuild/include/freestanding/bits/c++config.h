/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * libstdc++'s configuration, which every one of its headers includes first, for
 * the kernel: its packages are configured for user space.
 */
#ifndef KCXX_CXXCONFIG_H
#define KCXX_CXXCONFIG_H

#pragma GCC system_header

/* std::array and its like look at each index */
#ifndef _GLIBCXX_ASSERTIONS
#define _GLIBCXX_ASSERTIONS 1
#endif

#include_next <bits/c++config.h>

/* No wide characters: no C library has them here. <wchar.h> beside this file. */
#undef _GLIBCXX_USE_WCHAR_T

/*
 * Where std would throw, and where one of its assertions fails: a BUG() with a
 * message. The trap is for objtool, which knows no noreturn function of ours.
 */
extern "C" void kcxx_abort();

#define __builtin_abort() (kcxx_abort(), __builtin_trap())

/*
 * Called where the compiler, when it has inlined all there is, knows that an assertion fails:
 * that ends the compilation, and remedies.tsv explains it.
 */
extern "C" [[__gnu__::__error__("std: precondition violated: an index is out of bounds, or a value "
				"is asked for that is not there")]] void kcxx_always_fails();

#undef __glibcxx_assert
#define __glibcxx_assert(condition)                                                                \
	do {                                                                                       \
		const bool kcxx_holds = bool(condition);                                           \
		if (__builtin_constant_p(kcxx_holds) && !kcxx_holds)                               \
			kcxx_always_fails();                                                       \
		if (__builtin_expect(!kcxx_holds, false))                                          \
			__builtin_abort();                                                         \
	} while (false)

#endif
