// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:10: kcxx: the type and the number of a command are a byte each\n  write instead: both from 0 to 255
#include <kernel/fs.hpp>

constexpr auto RESET = _IO('p', 0xff);
static_assert(RESET.value() == 0x70ff);
#ifdef REFUSED
// C makes a number of another device of it.
constexpr auto TOO_LARGE = _IO('p', 0x100);
#endif

