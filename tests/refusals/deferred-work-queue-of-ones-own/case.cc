// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: is private|private member
#include <kernel/workqueue.hpp>

// A queue ends when its last Arc does; a WorkQueue on the stack would end too early.
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
