// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:7: kcxx: std::string allocates.*\n  write instead: kernel::String
// errors: 1
#include <kernel/prelude.hpp>
#ifdef REFUSED
#include <string>
#endif
