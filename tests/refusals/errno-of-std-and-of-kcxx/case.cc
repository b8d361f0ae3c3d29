// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:13: kcxx: this is a number of <cerrno>, .*\n  write instead: kernel::EINVAL for the error, ::EINVAL
// errors: 1
#include <cerrno>

#include <kernel/error.hpp>

using namespace kernel;

Result<> set();
#ifdef REFUSED
Result<> set() { return EINVAL; }
#else
Result<> set() { return ::EINVAL == 22 ? kernel::EINVAL : kernel::EIO; }
#endif
