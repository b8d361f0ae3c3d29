// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: what a PanicNotifier calls takes nothing, and is declared KCXX_LAMBDA_MUST_NOT_SLEEP
#include <utility>

#include <kernel/arc.hpp>
#include <kernel/atomic.hpp>
#include <kernel/reboot.hpp>

#ifdef REFUSED
#define DECLARED
#else
#define DECLARED KCXX_LAMBDA_MUST_NOT_SLEEP
#endif

using Panics = kernel::Arc<kernel::Atomic<int>>;

kernel::Result<kernel::PanicNotifier> count(Panics panics);
kernel::Result<kernel::PanicNotifier> count(Panics panics)
{
	return kernel::PanicNotifier::make([mine = std::move(panics)]() DECLARED { mine->add(1); });
}
