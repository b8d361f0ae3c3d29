// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: what was released is adopted once: write adopt\(std::move\(released\)\)
// errors: 1
#include <utility>

#include <kernel/prelude.hpp>

using kernel::Arc;

Arc<int> taken(Arc<int> arc);
Arc<int> taken(Arc<int> arc)
{
	auto released = std::move(arc).release();
#ifdef REFUSED
	auto first = Arc<int>::adopt(released);
#endif
	return Arc<int>::adopt(std::move(released));
}
