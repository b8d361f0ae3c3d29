// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:7: kcxx: std::unique_ptr is made of.*\n  write instead: kernel::Box<T>
// errors: 1
#include <kernel/prelude.hpp>
#ifdef REFUSED
#include <memory>
#endif
