// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:11: kcxx: std::mutex is a lock of user space\n  write instead: kernel::Mutex<T>
// errors: 1
#include <kernel/prelude.hpp>

void take();
void take()
{
#ifdef REFUSED
	std::mutex lock;
#endif
}
