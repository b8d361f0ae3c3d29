/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Included before each C++ source: the loader knows no thread-local storage */

/* A _Pragma() takes only one string */
#define KCXX_NO_THREAD_LOCAL                                                                       \
	_Pragma("GCC error \"kcxx: no thread_local in a module: write kernel::PerCpu<T>\"")

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wkeyword-macro"
#endif
#define thread_local KCXX_NO_THREAD_LOCAL
#define __thread KCXX_NO_THREAD_LOCAL
#define _Thread_local KCXX_NO_THREAD_LOCAL
#ifdef __clang__
#pragma clang diagnostic pop
#endif
