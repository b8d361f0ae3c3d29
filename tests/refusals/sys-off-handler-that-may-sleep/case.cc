// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: what restarts the system or turns it off is declared KCXX_LAMBDA_MUST_NOT_SLEEP
#include <utility>

#include <kernel/arc.hpp>
#include <kernel/atomic.hpp>
#include <kernel/reboot.hpp>

#ifdef REFUSED
using Handler = kernel::SysOffHandler<kernel::SysOff::power_off>;
#else
using Handler = kernel::SysOffHandler<kernel::SysOff::prepare_power_off>;
#endif

using Calls = kernel::Arc<kernel::Atomic<int>>;

kernel::Result<Handler> count(Calls calls);
kernel::Result<Handler> count(Calls calls)
{
	return Handler::make([mine = std::move(calls)] { mine->add(1); });
}
