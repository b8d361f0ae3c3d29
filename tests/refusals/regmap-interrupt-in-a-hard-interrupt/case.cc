// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: this interrupt comes in a thread, not in a hard interrupt: use a ThreadedIrq
#include <kernel/interrupt.hpp>

class Button
{
public:
	kernel::Result<> start(kernel::BoundDevice &device, kernel::ThreadedIrqNumber number);

private:
#ifdef REFUSED
	kernel::IrqReturn pressed() KCXX_MUST_NOT_SLEEP;
	kernel::Irq<&Button::pressed> irq_{*this};
#else
	kernel::IrqReturn pressed();
	kernel::ThreadedIrq<&Button::pressed> irq_{*this};
#endif
};

kernel::IrqReturn Button::pressed()
#ifdef REFUSED
	KCXX_MUST_NOT_SLEEP
#endif
{
	return kernel::IrqReturn::handled;
}

kernel::Result<> Button::start(kernel::BoundDevice &device, kernel::ThreadedIrqNumber number)
{
	return irq_.request(device, number);
}
