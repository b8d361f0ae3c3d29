// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Declarations for Clang of objects that are used up; empty with GCC. C API: none.
///
/// Clang's consumed analysis follows local variables through one function. Such classes handle
/// the cases that it does not see (an object behind a reference, in a member, after a branch)
/// at run time: a used-up object is empty.

#pragma once

#ifdef __clang__
#define KCXX_CONSUMED_(attribute) __attribute__((attribute))

// NOLINTBEGIN(bugprone-macro-parentheses): a type
/// Declares to Clang that std::move() uses up its argument. Clang knows this by itself only in
/// hosted programs: in a kernel std::move() is a function like any other.
#define KCXX_MOVE_CONSUMES(Type)                                                                   \
	_Pragma("clang diagnostic push")                                                           \
		_Pragma("clang diagnostic ignored \"-Wconsumed\"") namespace std                   \
	{                                                                                          \
		[[nodiscard]] constexpr Type &&move(                                               \
			Type &from __attribute__((return_typestate(consumed)))) noexcept           \
		{                                                                                  \
			return static_cast<Type &&>(from);                                         \
		}                                                                                  \
	}                                                                                          \
	_Pragma("clang diagnostic pop") static_assert(true)
// NOLINTEND(bugprone-macro-parentheses)
#else
#define KCXX_CONSUMED_(attribute)
#define KCXX_MOVE_CONSUMES(Type) static_assert(true)
#endif

// For classes: an object is usable until it is moved from or its last function is called.
#define KCXX_CONSUMABLE KCXX_CONSUMED_(consumable(unconsumed))

// For their functions, after the arguments
#define KCXX_UNLESS_CONSUMED KCXX_CONSUMED_(callable_when("unconsumed", "unknown"))

// At global scope, after the class: KCXX_MOVE_CONSUMES(its name);
