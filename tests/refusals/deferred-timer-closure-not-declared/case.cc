// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: what a timer calls is declared KCXX_LAMBDA_MUST_NOT_SLEEP
#include <utility>

#include <kernel/arc.hpp>
#include <kernel/atomic.hpp>
#include <kernel/closure.hpp>
#include <kernel/timer.hpp>

#ifdef REFUSED
#define DECLARED
#else
#define DECLARED KCXX_LAMBDA_MUST_NOT_SLEEP
#endif

using Strokes = kernel::Arc<kernel::Atomic<int>>;

kernel::Result<kernel::Closure<kernel::Timer>> count(Strokes strokes);
kernel::Result<kernel::Closure<kernel::Timer>> count(Strokes strokes)
{
	return kernel::Closure<kernel::Timer>::make(
		kernel::GFP_KERNEL, LOCK_CLASS("count"),
		[mine = std::move(strokes)]() DECLARED { mine->add(1); });
}
