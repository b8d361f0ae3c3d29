// compilers: gcc, clang
// expected: case\.cc:9: error: kcxx: a static constructor\n  found: everywhere\n
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// No constructor runs in a module; a lock that was never initialised is none.

#include <kernel/spinlock.hpp>

kernel::SpinLock<int> everywhere{LOCK_CLASS("everywhere"), 0};
