// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:10: kcxx: std::vector allocates.*\n  write instead: kernel::Vec<T>
// errors: 1
#include <kernel/prelude.hpp>

#include <algorithm>
#include <memory>
#ifdef REFUSED
#include <vector>
#endif
