// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: cannot call function 'lock' while mutex .*no_sleep' is held
#include <kernel/interrupt.hpp>
#include <kernel/sync/mutex.hpp>
#include <kernel/sync/spinlock.hpp>

class Pump
{
	kernel::IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
	{
		++*strokes_.lock();
		return kernel::IrqReturn::handled;
	}

#ifdef REFUSED
	kernel::Mutex<int> strokes_{LOCK_CLASS("strokes")};
#else
	kernel::SpinLock<int, kernel::FromIrq> strokes_{LOCK_CLASS("strokes")};
#endif

public:
	kernel::Irq<&Pump::interrupt> irq{*this};
};

kernel::Result<> start(Pump &pump, kernel::BoundDevice &device);
kernel::Result<> start(Pump &pump, kernel::BoundDevice &device)
{
	return pump.irq.request(device, 5);
}
