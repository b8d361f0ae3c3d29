// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Declarations for Clang of references and of the owners of their objects; empty with GCC.
/// C API: none. Clang sees errors within one function: a reference that is returned or kept
/// while its object ends.

#pragma once

#ifdef __clang__
#define KCXX_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define KCXX_LIFETIMEBOUND ///< the result lives no longer than this object or argument
#endif
