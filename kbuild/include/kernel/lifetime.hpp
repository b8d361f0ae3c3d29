// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What Clang is told of references and of who owns what they lead to; nothing with GCC.
/// C API: none. Seen is what goes wrong within one function: a reference that is returned
/// or kept while what it leads to ends.

#pragma once

#ifdef __clang__
#define KCXX_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define KCXX_LIFETIMEBOUND ///< what is returned lives no longer than this object or argument
#endif
