// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:7: kcxx: std::format\(\) formats floating point.*\n  write instead: pr_info\(
// errors: 1
#include <kernel/prelude.hpp>
#ifdef REFUSED
#include <format>
#endif
