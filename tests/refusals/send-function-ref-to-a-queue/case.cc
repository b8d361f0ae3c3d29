// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: what a queue runs is bound to where it was made: give it an owner
// errors: 1

// The queue would call a lambda that has ended.

#include <kernel/prelude.hpp>
#include <kernel/types.hpp>
#include <kernel/workqueue.hpp>

kernel::Result<> run(kernel::WorkQueue &queue);
kernel::Result<> run(kernel::WorkQueue &queue)
{
	const auto log = [] { pr_info("run\n"); };
#ifdef REFUSED
	return queue.run(kernel::GFP_KERNEL, kernel::FunctionRef<void()>{log});
#else
	return queue.run(kernel::GFP_KERNEL, log);
#endif
}
