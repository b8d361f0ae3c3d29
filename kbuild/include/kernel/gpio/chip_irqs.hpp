// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Interrupts of the lines of a chip that does not sleep, for C. C API: struct gpio_irq_chip of
/// <linux/gpio/driver.h>.

#pragma once

#include <concepts>

#include <generated/bindings/gpio/chip_irqs.hpp>
#include <kernel/error.hpp>
#include <kernel/gpio/chip_lines.hpp>
#include <kernel/gpio/trigger.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/has_member.hpp>

struct gpio_chip;
struct irq_data;
struct irq_desc;

namespace kernel::detail
{

KCXX_HAS_MEMBER(ack_irq);

template <typename T>
concept GpioInterrupts =
	requires(T &chip, const T &reader, unsigned int line, gpio::Trigger trigger) {
		{ reader.pending_irqs() } noexcept -> std::same_as<unsigned long>;
		{ chip.mask_irq(line) } noexcept -> std::same_as<void>;
		{ chip.unmask_irq(line) } noexcept -> std::same_as<void>;
		{ chip.set_trigger(line, trigger) } noexcept -> std::same_as<Result<>>;
	};
template <typename T>
inline constexpr bool gpio_ack_fits = !Has_ack_irq<T> || requires(T &chip, unsigned int line) {
	{ chip.ack_irq(line) } noexcept -> std::same_as<void>;
};

/// C's functions for the interrupts of the chip T, which handles its own in a hard interrupt
template <typename T>
class GpioIrqOperations
{
	using Raw = ::gpio_chip;

public:
	/// Lets the lines interrupt, by the chip's own interrupt.
	static void fill(Raw *chip, unsigned int *parent)
	{
		// SAFETY: the chip is not added yet, and the table is static.
		bindings::kcxx_gpio_chip_set_irqs(chip, &interrupts_, &parent_handler, parent);
	}

private:
	// SAFETY, of all below: the kernel calls them with an interrupt of the chip that add()
	// added.

	static Raw *raw_of(::irq_data *data) { return bindings::kcxx_gpio_chip_of_irq(data); }

	static void irq_mask(::irq_data *data)
	{
		const unsigned int line = bindings::kcxx_irqd_to_hwirq(data);
		in_atomic_context();
		gpio_object_of<T>(raw_of(data)).mask_irq(line);
		bindings::gpiochip_disable_irq(raw_of(data), line);
	}
	static void irq_unmask(::irq_data *data)
	{
		const unsigned int line = bindings::kcxx_irqd_to_hwirq(data);
		in_atomic_context();
		bindings::gpiochip_enable_irq(raw_of(data), line);
		gpio_object_of<T>(raw_of(data)).unmask_irq(line);
	}
	static void irq_ack(::irq_data *data)
	{
		in_atomic_context();
		if constexpr (Has_ack_irq<T>)
			gpio_object_of<T>(raw_of(data)).ack_irq(bindings::kcxx_irqd_to_hwirq(data));
	}
	static int irq_set_type(::irq_data *data, unsigned int type)
	{
		const unsigned int sense = type & KCXX_IRQ_TYPE_SENSE_MASK;
		in_atomic_context();
		const Result<> set = gpio_object_of<T>(raw_of(data))
					     .set_trigger(bindings::kcxx_irqd_to_hwirq(data),
							  static_cast<gpio::Trigger>(sense));
		if (set)
			bindings::kcxx_irq_set_flow(data, sense);
		return to_c(set);
	}

	static void parent_handler(::irq_desc *desc)
	{
		Raw *raw = bindings::kcxx_gpio_chip_of_parent(desc);
		bindings::kcxx_chained_irq_enter(desc);
		in_atomic_context();
		for (unsigned long pending = gpio_object_of<T>(raw).pending_irqs(); pending != 0;
		     pending &= pending - 1) {
			const auto line = static_cast<unsigned int>(__builtin_ctzl(pending));
			bindings::kcxx_gpio_chip_handle(raw, line);
		}
		bindings::kcxx_chained_irq_exit(desc);
	}

	static consteval ::irq_chip made()
	{
		::irq_chip chip{};
		chip.name = KBUILD_MODNAME;
		chip.irq_mask = &irq_mask;
		chip.irq_unmask = &irq_unmask;
		chip.irq_ack = &irq_ack;
		chip.irq_set_type = &irq_set_type;
		chip.irq_request_resources = &bindings::gpiochip_irq_reqres;
		chip.irq_release_resources = &bindings::gpiochip_irq_relres;
		chip.flags = KCXX_IRQCHIP_IMMUTABLE;
		return chip;
	}

	static const ::irq_chip interrupts_;
};

template <typename T>
constinit const ::irq_chip GpioIrqOperations<T>::interrupts_ = GpioIrqOperations<T>::made();

} // namespace kernel::detail
