// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: a handler of interrupts is IrqReturn name\(\) KCXX_MUST_NOT_SLEEP
#include <kernel/interrupt.hpp>

class Pump
{
#ifdef REFUSED
	kernel::IrqReturn interrupt()
#else
	kernel::IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
#endif
	{
		return kernel::IrqReturn::handled;
	}

public:
	kernel::Irq<&Pump::interrupt> irq{*this};
};

kernel::Result<> start(Pump &pump, kernel::BoundDevice &device);
kernel::Result<> start(Pump &pump, kernel::BoundDevice &device)
{
	return pump.irq.request(device, 5);
}
