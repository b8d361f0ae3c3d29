// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:11: kcxx: memory of the kernel has an owner\n  write instead: kernel::Box<T>::make\(
// errors: 1
#include <kernel/prelude.hpp>

void *make();
void *make()
{
#ifdef REFUSED
	return kmalloc(16, kernel::GFP_KERNEL);
#else
	return nullptr;
#endif
}
