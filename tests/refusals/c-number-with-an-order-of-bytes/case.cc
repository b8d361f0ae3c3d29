// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:9: kcxx: numbers with an order of bytes are in a header of their own\n  write instead: #include <kernel/types\.hpp>
// errors: 1
#include <kernel/prelude.hpp>
#ifdef REFUSED
struct Header
{
	le32 size;
};
#endif
