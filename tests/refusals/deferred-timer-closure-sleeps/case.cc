// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: cannot call function 'lock' while mutex .*no_sleep' is held
#include <utility>

#include <kernel/arc.hpp>
#include <kernel/closure.hpp>
#include <kernel/mutex.hpp>
#include <kernel/spinlock.hpp>
#include <kernel/timer.hpp>

#ifdef REFUSED
using Strokes = kernel::Mutex<int>;
#else
using Strokes = kernel::SpinLock<int, kernel::FromSoftirq>;
#endif

kernel::Result<kernel::Closure<kernel::Timer>> count(kernel::Arc<Strokes> strokes);
kernel::Result<kernel::Closure<kernel::Timer>> count(kernel::Arc<Strokes> strokes)
{
	return kernel::Closure<kernel::Timer>::make(
		kernel::GFP_KERNEL, LOCK_CLASS("count"),
		[mine = std::move(strokes)]() KCXX_LAMBDA_MUST_NOT_SLEEP { ++*mine->lock(); });
}
