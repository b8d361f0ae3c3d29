/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Included before each C++ source. KCXX_OPERATOR_NEW is the word of a module that has a global operator new:
 * the GFP flags that it allocates with, or own, for a module that defines one itself. KCXX_OUT_OF_MEMORY=BUG
 * beside it allows plain new. The symbols tell check-object.sh and check-module.sh; runtime/ reads the flags.
 */
#ifdef KCXX_OPERATOR_NEW
#pragma GCC system_header /* no warning of the macros below */

#define KCXX_JOIN(a, b) a##b
#define KCXX_JOINED(a, b) KCXX_JOIN(a, b)
#define KCXX_NEW_IS_own 1
#define KCXX_NEW_IS_1 2 /* -DKCXX_OPERATOR_NEW */

#if KCXX_JOINED(KCXX_NEW_IS_, KCXX_OPERATOR_NEW) == 2
#error "kcxx: KCXX_OPERATOR_NEW without flags: write -DKCXX_OPERATOR_NEW=GFP_KERNEL, or =GFP_NOWAIT if new must not sleep, or =own"
#else
extern "C" [[gnu::used]] inline constexpr char KCXX_JOINED(kcxx_operator_new_, KCXX_OPERATOR_NEW) = 0;
#if KCXX_JOINED(KCXX_NEW_IS_, KCXX_OPERATOR_NEW) != 1
#include <kernel/memory/slab.hpp>

extern "C" [[gnu::used]] inline constexpr unsigned int kcxx_new_flags = kernel::KCXX_OPERATOR_NEW.bits();
#endif
#endif

#ifdef KCXX_OUT_OF_MEMORY
#define KCXX_OUT_OF_MEMORY_IS_BUG 1
#if KCXX_JOINED(KCXX_OUT_OF_MEMORY_IS_, KCXX_OUT_OF_MEMORY) == 1
extern "C" [[gnu::used]] inline constexpr char kcxx_out_of_memory_BUG = 0;
#else
#error "kcxx: KCXX_OUT_OF_MEMORY is not BUG: write -DKCXX_OUT_OF_MEMORY=BUG, or new (std::nothrow), which returns null"
#endif
#endif
#elif defined(KCXX_OUT_OF_MEMORY)
#error "kcxx: KCXX_OUT_OF_MEMORY without KCXX_OPERATOR_NEW: write -DKCXX_OPERATOR_NEW=GFP_KERNEL beside it"
#endif
