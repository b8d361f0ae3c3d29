// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:11: kcxx: memory of user space is reached by a reader or a writer\n
// errors: 1
#include <kernel/prelude.hpp>

template <typename T>
void fetch([[maybe_unused]] T &to, [[maybe_unused]] const void *from)
{
#ifdef REFUSED
	copy_from_user(&to, from, sizeof(to));
#endif
}

template void fetch<int>(int &, const void *);
