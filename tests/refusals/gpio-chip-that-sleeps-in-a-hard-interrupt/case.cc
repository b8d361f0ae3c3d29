// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the chip may sleep, and a hard interrupt does not: write kernel::Result<unsigned long>
#include <kernel/gpio.hpp>

struct Pump {
	static constexpr unsigned int lines = 4;
	kernel::Result<bool> get(unsigned int line) const;
#ifdef REFUSED
	unsigned long pending_irqs() const KCXX_MUST_NOT_SLEEP;
	void mask_irq(unsigned int line) KCXX_MUST_NOT_SLEEP;
	void unmask_irq(unsigned int line) KCXX_MUST_NOT_SLEEP;
	kernel::Result<> set_trigger(unsigned int line, kernel::gpio::Trigger trigger)
		KCXX_MUST_NOT_SLEEP;
#else
	kernel::Result<unsigned long> pending_irqs(const kernel::gpio::LineIrqs &irqs);
	kernel::Result<> set_irqs(const kernel::gpio::LineIrqs &irqs);
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, kernel::gpio::Chip &chip, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, kernel::gpio::Chip &chip, Pump &pump)
{
	return chip.add(device, pump, 7);
}
