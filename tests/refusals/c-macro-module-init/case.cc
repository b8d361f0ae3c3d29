// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:9: kcxx: a module is a class, .*\n  write instead: KERNEL_MODULE\(T\);
// errors: 1
#include <kernel/prelude.hpp>

#ifdef REFUSED
int hello();
module_init(hello);
#endif
