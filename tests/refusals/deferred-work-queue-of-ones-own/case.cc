// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: is private|private member
#include <kernel/workqueue.hpp>

// A WorkQueue lives as long as its Arcs; one on the stack would end with its scope.
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
