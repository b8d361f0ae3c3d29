// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Declarations of locks for Clang; empty with GCC. C API: none; the
/// counterpart of <linux/compiler_types.h>'s __acquires() and __must_hold().
///
/// Clang's thread-safety analysis looks at one function at a time and relies on the
/// declarations of the functions that it calls. kcxx declares locks, guards and functions that
/// sleep; a driver declares its own functions with KCXX_MAY_SLEEP and KCXX_MUST_NOT_SLEEP of
/// <kernel/sync/context.hpp>, and with KCXX_REQUIRES() where a lock has to be held. Clang does not
/// see calls through pointers, virtual calls, and code that runs in a lambda.

#pragma once

#ifdef __clang__
#define KCXX_THREAD_SAFETY_(attribute) __attribute__((attribute))
#else
#define KCXX_THREAD_SAFETY_(attribute)
#endif

// Function effects, part of a function's type. Clang takes them on a lambda in the other syntax
// alone. kcxx-lint reads them as words of the declaration.
#if defined(KCXX_READ_BY_LINT)
#define KCXX_EFFECT_(attribute) __attribute__((annotate("kcxx " #attribute)))
#define KCXX_LAMBDA_EFFECT_(attribute)
#elif defined(__clang__) && __clang_major__ >= 20
#define KCXX_EFFECT_(attribute) __attribute__((attribute))
#define KCXX_LAMBDA_EFFECT_(attribute) [[clang::attribute]]
#else
#define KCXX_EFFECT_(attribute)
#define KCXX_LAMBDA_EFFECT_(attribute)
#endif

// For classes
#define KCXX_CAPABILITY(name) KCXX_THREAD_SAFETY_(capability(name)) ///< a lock, named `name`
#define KCXX_SCOPED_CAPABILITY KCXX_THREAD_SAFETY_(scoped_lockable) ///< a guard

// For members and variables
#define KCXX_GUARDED_BY(lock) KCXX_THREAD_SAFETY_(guarded_by(lock)) ///< used with the lock held

// For functions, after their arguments
#define KCXX_ACQUIRE(...) KCXX_THREAD_SAFETY_(acquire_capability(__VA_ARGS__))
#define KCXX_ACQUIRE_SHARED(...) KCXX_THREAD_SAFETY_(acquire_shared_capability(__VA_ARGS__))
#define KCXX_TRY_ACQUIRE(...) KCXX_THREAD_SAFETY_(try_acquire_capability(__VA_ARGS__))
#define KCXX_RELEASE(...) KCXX_THREAD_SAFETY_(release_capability(__VA_ARGS__))
#define KCXX_REQUIRES(...) KCXX_THREAD_SAFETY_(requires_capability(__VA_ARGS__))
#define KCXX_REQUIRES_SHARED(...) KCXX_THREAD_SAFETY_(requires_shared_capability(__VA_ARGS__))
#define KCXX_EXCLUDES(...) KCXX_THREAD_SAFETY_(locks_excluded(__VA_ARGS__))
#define KCXX_ASSERT_CAPABILITY(...) KCXX_THREAD_SAFETY_(assert_capability(__VA_ARGS__))
#define KCXX_NO_THREAD_SAFETY_ANALYSIS KCXX_THREAD_SAFETY_(no_thread_safety_analysis)
