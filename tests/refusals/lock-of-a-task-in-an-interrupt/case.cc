// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: a timer takes this lock, and meets a holder
// errors: 1
#include <kernel/interrupt.hpp>
#include <kernel/sync.hpp>

// A task on the same CPU that holds the lock would never continue.
class Pump
{
	kernel::IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
	{
		++*strokes_.lock();
		return kernel::IrqReturn::handled;
	}

#ifdef REFUSED
	kernel::SpinLock<int> strokes_{LOCK_CLASS("strokes")};
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
