// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:7: kcxx: std::mutex is a lock of user space.*\n  write instead: kernel::Mutex<T>
// errors: 1
#include <kernel/prelude.hpp>
#ifdef REFUSED
#include <mutex>
#endif
