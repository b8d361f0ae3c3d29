/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * libstdc++'s configuration, which every one of its headers includes first, for
 * the kernel: its packages are configured for user space.
 */
#ifndef KCXX_CXXCONFIG_H
#define KCXX_CXXCONFIG_H

#pragma GCC system_header

/* std::array and similar classes check each index */
#ifndef _GLIBCXX_ASSERTIONS
#define _GLIBCXX_ASSERTIONS 1
#endif

#include_next <bits/c++config.h>

/* No wide characters: no C library has them here. <wchar.h> beside this file. */
#undef _GLIBCXX_USE_WCHAR_T

/* Macros of what ../libc/ lacks of a C library; std has no threads of its own, and no futex to wait with */
#undef _GLIBCXX_HAS_GTHREADS
#undef _GLIBCXX_HAVE_LINUX_FUTEX
#undef _GLIBCXX_HAVE_ALIGNED_ALLOC
#undef _GLIBCXX_HAVE_AT_QUICK_EXIT
#undef _GLIBCXX_HAVE_QUICK_EXIT
#undef _GLIBCXX_HAVE_TIMESPEC_GET
#undef _GLIBCXX_USE_CLOCK_MONOTONIC
#undef _GLIBCXX_USE_CLOCK_REALTIME
#undef _GLIBCXX_USE_STD_SPEC_FUNCS
#undef _GLIBCXX_USE_C99_INTTYPES_TR1
#undef _GLIBCXX_USE_C99_MATH
#undef _GLIBCXX_USE_C99_MATH_FUNCS
#undef _GLIBCXX_USE_C99_MATH_TR1
#undef _GLIBCXX_USE_C99_STDIO
#undef _GLIBCXX_USE_C99_STDLIB
#undef _GLIBCXX11_USE_C99_MATH
#undef _GLIBCXX11_USE_C99_STDIO
#undef _GLIBCXX11_USE_C99_STDLIB
#undef _GLIBCXX98_USE_C99_MATH
#undef _GLIBCXX98_USE_C99_STDIO
#undef _GLIBCXX98_USE_C99_STDLIB

/* std::ranges::to(), which libstdc++ 14 and newer have for user space, makes a container of the module's own as well. */
#if _GLIBCXX_RELEASE >= 14
#define __glibcxx_ranges_to_container 202202L
#define __cpp_lib_ranges_to_container 202202L
#endif

/* So does std::flat_map of libstdc++ 15 and newer, which needs this macro. */
#if _GLIBCXX_RELEASE >= 15
#define __glibcxx_containers_ranges 202202L
#define __cpp_lib_containers_ranges 202202L
#endif

/* Headers of libstdc++ 14 that are for user space ask for it, and are inconsistent without it. */
#if _GLIBCXX_RELEASE >= 14 && defined(KCXX_HOSTED_HEADERS)
#define __glibcxx_node_extract 201606L
#define __cpp_lib_node_extract 201606L
#endif

/* KCXX_NEVER_SLEEPS of <kernel/sync/context.hpp>, which needs more than std */
#if defined(__clang__) && __clang_major__ >= 20
#define KCXX_NEVER_SLEEPS_HERE __attribute__((nonblocking))
#else
#define KCXX_NEVER_SLEEPS_HERE
#endif

/*
 * std calls this where it would throw, and where one of its assertions fails: a BUG() with a
 * message. The trap is for objtool, which does not know kcxx's own noreturn functions.
 */
extern "C" void kcxx_abort() KCXX_NEVER_SLEEPS_HERE;

#define __builtin_abort() (kcxx_abort(), __builtin_trap())

/*
 * The compiler calls this where it knows, after inlining, that an assertion fails: the
 * compilation ends, and remedies.tsv explains it.
 */
extern "C" [[__gnu__::__error__("std: precondition violated: an index is out of bounds, or a value "
				"is asked for that is not there")]] void
kcxx_always_fails() KCXX_NEVER_SLEEPS_HERE;

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
