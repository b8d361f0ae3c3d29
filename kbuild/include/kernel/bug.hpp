// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The end of a program error. C API: <linux/bug.h>.

#pragma once

#include <source_location>

#include <kernel/sync/thread_safety.hpp>

// kcxx_bug() is declared as if it returned, and followed by a trap: objtool knows the kernel's
// own noreturn functions by name, and would take the code after this one for reachable.
extern "C" void kcxx_bug(const char *file, unsigned int line, const char *what)
	KCXX_EFFECT_(nonblocking);

namespace kernel
{

/// Logs `what` with the place of the call and BUG()s: the running task dies, the kernel goes on
/// if it can. Use it for states that only a program error can cause; an error that a caller can
/// handle is a Result.
///
/// Context: any.
[[noreturn, gnu::always_inline]] inline void
bug(const char *what, std::source_location where = std::source_location::current())
{
	// SAFETY: both strings are NUL-terminated; kcxx_bug() may be called anywhere.
	kcxx_bug(where.file_name(), where.line(), what);
	__builtin_trap();
}

} // namespace kernel
