// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Variables that are constructed where they are declared. C API: CONFIG_INIT_STACK_ALL_ZERO, which
/// fills variables that begin without a value.

#pragma once

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
/// For an object that its constructor, or the function that returns it, fills whole. GCC counts the
/// objects of all classes as variables without a value: it fills them with zeros before, and then
/// keeps in memory what would be in registers.
#define KCXX_CONSTRUCTED [[gnu::uninitialized]]
#else
#define KCXX_CONSTRUCTED
#endif
