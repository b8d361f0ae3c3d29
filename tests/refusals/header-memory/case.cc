// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:8: kcxx: std::unique_ptr is made of.*\n  write instead: kernel::Box<T>
// errors: 1
#include <kernel/prelude.hpp>
// libstdc++ 14 has a freestanding <memory>, libstdc++ 12 has none: kcxx refuses it with both.
#ifdef REFUSED
#include <memory>
#endif
