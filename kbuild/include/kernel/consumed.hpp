// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What Clang is told of objects that are used up; nothing with GCC. C API: none.
///
/// Clang's consumed analysis follows local variables through one function. What it does
/// not see (an object behind a reference, in a member, after a branch) such classes find
/// out themselves: a used-up object is empty.

#pragma once

#ifdef __clang__
#define KCXX_CONSUMED_(attribute) __attribute__((attribute))
#else
#define KCXX_CONSUMED_(attribute)
#endif

// Of classes: an object is of use until it is moved from or its last function is called.
#define KCXX_CONSUMABLE KCXX_CONSUMED_(consumable(unconsumed))

// Of their functions, after the arguments
#define KCXX_UNLESS_CONSUMED KCXX_CONSUMED_(callable_when("unconsumed", "unknown"))
#define KCXX_CONSUMES KCXX_CONSUMED_(set_typestate(consumed)) ///< the last one to be called
