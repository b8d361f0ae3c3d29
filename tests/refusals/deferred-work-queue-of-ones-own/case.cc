// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: is private|private member
#include <kernel/workqueue.hpp>

// One whose end nobody waits for: a queue belongs to all that have an Arc of it.
kernel::Result<> use() KCXX_MAY_SLEEP;
kernel::Result<> use()
{
#ifdef REFUSED
	kernel::WorkQueue queue{kernel::WorkQueue::Private{}};
	queue.flush();
#else
	auto queue = KTRY(kernel::WorkQueue::make("pump"));
	queue->flush();
#endif
	return {};
}
