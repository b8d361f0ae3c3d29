// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: no matching (member )?function|cannot convert|could not convert|no viable conversion
#include <kernel/workqueue.hpp>

kernel::Result<kernel::Arc<kernel::WorkQueue>> make() KCXX_MAY_SLEEP;
kernel::Result<kernel::Arc<kernel::WorkQueue>> make()
{
#ifdef REFUSED
	return kernel::WorkQueue::make("pump", 2);
#else
	return kernel::WorkQueue::make("pump", kernel::WQ_UNBOUND);
#endif
}
