// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:7: kcxx: this is in a header of its own\n  write instead: #include <kernel/task\.hpp>
// errors: 1
#include <kernel/prelude.hpp>
#ifdef REFUSED
extern kernel::WorkQueue queue;
#endif
