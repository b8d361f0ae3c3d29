// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: header\.hpp:4: kcxx: std::map and its like allocate
// errors: 1
#ifdef REFUSED
#include "header.hpp"
#endif
