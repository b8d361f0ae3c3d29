// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Events at which GPIO lines interrupt. C API: IRQ_TYPE_… of <linux/irq.h>.

#pragma once

#include <generated/bindings/gpio/trigger.hpp>

namespace kernel::gpio
{

/// The event at which a line interrupts. C: IRQ_TYPE_…
enum class Trigger : unsigned int {
	none = KCXX_IRQ_TYPE_NONE,            ///< at no event
	rising = KCXX_IRQ_TYPE_EDGE_RISING,   ///< when it becomes high
	falling = KCXX_IRQ_TYPE_EDGE_FALLING, ///< when it becomes low
	both = KCXX_IRQ_TYPE_EDGE_BOTH,       ///< at each change
	high = KCXX_IRQ_TYPE_LEVEL_HIGH,      ///< while it is high
	low = KCXX_IRQ_TYPE_LEVEL_LOW,        ///< while it is low
};

/// The lines of a chip that are to interrupt, and their events: a bit for each line, bit 0 for
/// line 0.
struct LineIrqs {
	unsigned long enabled = 0; ///< the lines that interrupt; the others are masked
	unsigned long rising = 0;  ///< the lines that interrupt when they become high
	unsigned long falling = 0; ///< the lines that interrupt when they become low
	unsigned long high = 0;    ///< the lines that interrupt while they are high
	unsigned long low = 0;     ///< the lines that interrupt while they are low

	/// The lines that interrupt if the levels were `before`, and are `now`: for a chip that
	/// tells levels, and not the line that interrupts. A masked line changes unseen, so
	/// set_irqs() of such a chip reads the levels of lines that it enables. Context: any.
	[[nodiscard]] constexpr unsigned long fired(unsigned long before,
						    unsigned long now) const noexcept
	{
		const unsigned long edges = (now & ~before & rising) | (before & ~now & falling);
		return enabled & (edges | (now & high) | (~now & low));
	}

	/// True if the same lines interrupt, at the same events.
	friend constexpr bool operator==(const LineIrqs &, const LineIrqs &) = default;
};

} // namespace kernel::gpio
