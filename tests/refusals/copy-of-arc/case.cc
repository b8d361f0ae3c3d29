// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: use of deleted function|call to deleted constructor
#include <kernel/prelude.hpp>

int value(const kernel::Arc<int> &arc);
int value(const kernel::Arc<int> &arc)
{
#ifdef REFUSED
	kernel::Arc<int> other = arc;
#else
	kernel::Arc<int> other = arc.clone();
#endif
	return *other;
}
