// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Chips with GPIO lines, and their interrupts. C API: <linux/gpio/driver.h>.
///
///     class Lines {
///     public:
///             static constexpr unsigned int lines = 8;
///             Result<bool> get(unsigned int line) const KCXX_MUST_NOT_SLEEP;
///             Result<> set(unsigned int line, bool high) KCXX_MUST_NOT_SLEEP;
///             // May be missing:
///             Result<gpio::Direction> direction(unsigned int line) const KCXX_MUST_NOT_SLEEP;
///             Result<> make_input(unsigned int line) KCXX_MUST_NOT_SLEEP;
///             Result<> make_output(unsigned int line, bool high) KCXX_MUST_NOT_SLEEP;
///             Result<unsigned long> get_lines(unsigned long lines) const KCXX_MUST_NOT_SLEEP;
///             Result<> set_lines(unsigned long lines, unsigned long levels)
///                     KCXX_MUST_NOT_SLEEP;
///             Result<> set_bias(unsigned int line, gpio::Bias bias) KCXX_MUST_NOT_SLEEP;
///             Result<> set_drive(unsigned int line, gpio::Drive drive) KCXX_MUST_NOT_SLEEP;
///             Result<> set_debounce(unsigned int line, Nanoseconds time) KCXX_MUST_NOT_SLEEP;
///             const char *line_name(unsigned int line) const; // null without
///             bool has_line(unsigned int line) const;         // false where the chip has a gap
///
///             // A chip whose lines interrupt has all of these, but for ack_irq():
///             unsigned long pending_irqs() const KCXX_MUST_NOT_SLEEP; // a bit for each line
///             void mask_irq(unsigned int line) KCXX_MUST_NOT_SLEEP;
///             void unmask_irq(unsigned int line) KCXX_MUST_NOT_SLEEP;
///             void ack_irq(unsigned int line) KCXX_MUST_NOT_SLEEP;    // of an edge
///             Result<> set_trigger(unsigned int line, gpio::Trigger trigger)
///                     KCXX_MUST_NOT_SLEEP;
///
///             Result<> start(amba::BoundDevice &device)
///             {
///                     return chip_.add(device, *this, KTRY(device.irq(0)));
///             }
///
///     private:
///             gpio::Chip chip_;
///     };
///
/// A driver of several models has a function in place of the constant: `unsigned int lines()
/// const;`. get() or set() may be missing. get_lines() and set_lines() have a bit for each line, of
/// which `lines` are asked for; they serve a user of several lines in one access, if the chip has
/// no more lines than an unsigned long has bits. A setting that the chip has not for a line is
/// EOPNOTSUPP. The kernel calls the functions of several lines, and from several CPUs, at once:
/// registers with bits of several lines are in a lock, a RawSpinLock if the lines interrupt.
///
/// A chip that may sleep, as on an I2C bus, has these functions without KCXX_MUST_NOT_SLEEP: its
/// lines are then used where sleep is allowed alone. Its interrupts are handled in a thread, and
/// two functions that may sleep, too, are in place of the five:
///
///             // The lines that interrupt: called by add(), with none, and after each change.
///             // May be missing.
///             Result<> set_irqs(const gpio::LineIrqs &irqs);
///             // The lines that have interrupted, as `irqs` wants it: a bit for each line
///             Result<unsigned long> pending_irqs(const gpio::LineIrqs &irqs);
///             // If lines interrupt by their levels, besides by edges
///             static constexpr bool has_level_irqs = true;
///
/// The kernel calls one of the two at a time. A user of such a line has a ThreadedIrq of one
/// function; an Irq gets EINVAL.

#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include <generated/bindings/gpio/chip.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/gpio/chip_config.hpp>
#include <kernel/gpio/chip_irqs.hpp>
#include <kernel/gpio/chip_lines.hpp>
#include <kernel/gpio/nested_irqs.hpp>
#include <kernel/gpio/trigger.hpp>
#include <kernel/interrupt/irq.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/lockdep.hpp>

namespace kernel::gpio
{

/// The lines of a driver, as the kernel and user space see them. A member of the driver's class,
/// which start() adds. The lines end when the device is unbound, before the driver's object; a user
/// that still has one gets ENODEV from then on.
class Chip
{
public:
	/// Makes one that is not added.
	Chip() = default;
	Chip(const Chip &) = delete;
	Chip &operator=(const Chip &) = delete;
	~Chip() = default;

	/// Adds the lines of `driver`. Their label is the name of the device.
	///
	/// Errors: EBUSY if they are added already; EINVAL if there are none, or more than 65535;
	/// ENOMEM; as of gpiochip_add_data(). Context: may sleep.
	template <typename T>
	Result<> add(BoundDevice &device, T &driver) KCXX_MAY_SLEEP
	{
		KTRY(prepare(device, driver));
		return register_at(device, driver);
	}

	/// The same for lines that interrupt, by the interrupt `irq` of the chip; 0, if the chip's
	/// is not wired, so that the lines do not interrupt. This requests it.
	///
	/// The chip shares the interrupt with no other device, unless it may sleep: then `flags`
	/// may be irq_flags::shared, and may have the event at which the chip interrupts.
	///
	/// Errors besides: of Irq::request(), and of set_irqs(); EINVAL if the chip has more lines
	/// than an unsigned long has bits.
	template <typename T, std::same_as<IrqFlags>... Flags>
	Result<> add(BoundDevice &device, T &driver, unsigned int irq,
		     Flags... flags) KCXX_MAY_SLEEP
	{
		check_irqs<T>();
		static_assert(
			sizeof...(Flags) <= 1 &&
				(detail::NestedGpioInterrupts<T> || sizeof...(Flags) == 0),
			"kcxx-E1508: a chip that does not sleep has its interrupt for itself: "
			"leave the flags out");
		if (irq == 0)
			return add(device, driver);
		KTRY(prepare(device, driver));
		if (chip_.raw.ngpio > detail::gpio_word)
			return EINVAL;
		if constexpr (detail::NestedGpioInterrupts<T>) {
			return add_nested(device, driver, irq, (IrqFlags{} | ... | flags));
		} else {
			chip_.parent = irq;
			detail::GpioIrqOperations<T>::fill(&chip_.raw, &chip_.parent);
			return register_at(device, driver);
		}
	}

private:
	template <typename T>
	static constexpr void check()
	{
		static_assert(detail::GpioCounts<T> || detail::GpioCountsByModel<T>,
			      "kcxx-E1378: the class has no lines: write in it static constexpr "
			      "unsigned int lines = 8;, or unsigned int lines() const;");
		static_assert(detail::Has_get<T> || detail::Has_set<T>,
			      "kcxx-E1379: lines are read or written: write kernel::Result<bool> "
			      "get(unsigned "
			      "int line) const;, or kernel::Result<> set(unsigned int line, bool "
			      "high);");
		static_assert(detail::gpio_get_fits<T>,
			      "kcxx-E1380: get() is not the one of a chip with lines: write "
			      "kernel::Result<bool> get(unsigned int line) const;");
		static_assert(detail::gpio_set_fits<T>, "kcxx-E1381: set() is not the one of a "
							"chip with lines: write kernel::Result<> "
							"set(unsigned int line, bool high);");
		static_assert(detail::gpio_never_sleeps<T> ||
				      detail::gpio_functions<T>().atomic == 0,
			      "kcxx-E1382: some functions of the chip are declared "
			      "KCXX_MUST_NOT_SLEEP: declare "
			      "get(), set(), direction(), make_input(), make_output(), get_lines() "
			      "and set_lines() so, or none of them if the chip may sleep");
		static_assert(detail::gpio_directions_fit<T>,
			      "kcxx-E1383: directions of lines are "
			      "kernel::Result<kernel::gpio::Direction> "
			      "direction(unsigned int line) const; kernel::Result<> "
			      "make_input(unsigned int line); kernel::Result<> "
			      "make_output(unsigned int line, bool high);");
		static_assert(detail::gpio_several_fit<T>,
			      "kcxx-E1509: functions of several lines are kernel::Result<unsigned "
			      "long> get_lines(unsigned long lines) const; kernel::Result<> "
			      "set_lines(unsigned long lines, unsigned long levels);");
		static_assert(
			detail::gpio_config_fits<T>,
			"kcxx-E1522: settings of lines are kernel::Result<> "
			"set_bias(unsigned int line, kernel::gpio::Bias bias); kernel::Result<> "
			"set_drive(unsigned int line, kernel::gpio::Drive drive); "
			"kernel::Result<> set_debounce(unsigned int line, kernel::Nanoseconds "
			"time); they are KCXX_MUST_NOT_SLEEP if get() and set() are");
		static_assert(detail::gpio_names_fit<T>,
			      "kcxx-E1510: names of lines are const char *line_name(unsigned int "
			      "line) const; gaps are bool has_line(unsigned int line) const;");
	}

	template <typename T>
	static constexpr void check_irqs()
	{
		static_assert(
			detail::GpioInterrupts<T> || detail::NestedGpioInterrupts<T>,
			"kcxx-E1377: lines that interrupt have, each KCXX_MUST_NOT_SLEEP: "
			"unsigned long "
			"pending_irqs() const; void mask_irq(unsigned int line); void "
			"unmask_irq(unsigned int line); kernel::Result<> "
			"set_trigger(unsigned int line, kernel::gpio::Trigger); and perhaps "
			"void ack_irq(unsigned int line); those of a chip that may sleep have "
			"kernel::Result<unsigned long> pending_irqs(const "
			"kernel::gpio::LineIrqs &irqs); and perhaps set_irqs()");
		static_assert(detail::gpio_ack_fits<T>,
			      "kcxx-E1511: ack_irq() is not the one of a chip with lines: write "
			      "void ack_irq(unsigned int line) KCXX_MUST_NOT_SLEEP;");
		static_assert(
			detail::gpio_never_sleeps<T> || detail::NestedGpioInterrupts<T>,
			"kcxx-E1512: the chip may sleep, and a hard interrupt does not: write "
			"kernel::Result<unsigned long> pending_irqs(const "
			"kernel::gpio::LineIrqs &irqs); in place of mask_irq() and its like");
		static_assert(detail::gpio_set_irqs_fits<T>,
			      "kcxx-E1513: set_irqs() is not the one of a chip with lines: write "
			      "kernel::Result<> set_irqs(const kernel::gpio::LineIrqs &irqs);");
	}

	/// Fills C's struct, but for interrupts.
	template <typename T>
	Result<> prepare(BoundDevice &device, const T &driver) KCXX_MAY_SLEEP
	{
		check<T>();
		if (chip_.added)
			return EBUSY;
		const unsigned int lines = detail::gpio_lines_of(driver);
		if (!std::in_range<decltype(chip_.raw.ngpio)>(lines))
			return EINVAL;
		chip_.raw.ngpio = static_cast<decltype(chip_.raw.ngpio)>(lines);
		chip_.raw.parent = device;
		chip_.raw.owner = &bindings::__this_module;
		chip_.raw.label = device.name();
		chip_.raw.base = -1;
		detail::GpioOperations<T>::fill(chip_.raw);
		detail::GpioConfigOperations<T>::fill(chip_.raw);
		if (lines <= detail::gpio_word)
			detail::GpioOperations<T>::fill_several(chip_.raw);
		return detail::name_gpio_lines(device, chip_.raw, driver);
	}

	template <typename T>
	Result<> add_nested(BoundDevice &device, T &driver, unsigned int irq,
			    IrqFlags flags) KCXX_MAY_SLEEP
	{
		using Irqs = detail::NestedGpioIrqs<T>;
		auto box = KTRY(Box<Irqs>::make(GFP_KERNEL, device, driver, chip_.raw, irq));
		Irqs &irqs = **KTRY(device.keep(std::move(box)));
		KTRY(irqs.prepare());
		KTRY(register_at(device, driver));
		return irqs.request(flags);
	}

	template <typename T>
	Result<> register_at(BoundDevice &device, T &driver) KCXX_MAY_SLEEP
	{
		static constinit LockClass lock_class{"gpio interrupts"};
		// SAFETY, of both: this object lives until the device is unbound, and the lines end
		// before.
		KTRY(to_result(bindings::gpiochip_add_data_with_key(
			&chip_.raw, &driver, lock_class.key(), lock_class.inner_key())));
		chip_.added = true;
		return device.at_unbind(
			[](void *data) {
				auto *chip = static_cast<detail::GpioChip *>(data);
				bindings::gpiochip_remove(&chip->raw);
				chip->added = false;
			},
			&chip_);
	}

	detail::GpioChip chip_;
};

} // namespace kernel::gpio
