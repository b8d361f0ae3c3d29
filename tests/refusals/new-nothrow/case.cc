// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:13: error: kcxx: 'new \(std::nothrow\)'\n  found: operator new\(unsigned long, std::nothrow_t const&\) in make\(\)\n  why: .*\n  fix:   kernel::Box.*; for a library that allocates: -DKCXX_OPERATOR_NEW=GFP_KERNEL\n
// errors: 1
#include <new>

#include <kernel/prelude.hpp>

int *make();
int *make()
{
#ifdef REFUSED
	return new (std::nothrow) int{1};
#else
	return nullptr;
#endif
}
