// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Interrupts of the lines of a chip behind a bus that sleeps, for C. C API: struct gpio_irq_chip
/// of <linux/gpio/driver.h>, handle_nested_irq() of <linux/irq.h>.

#pragma once

#include <concepts>
#include <utility>

#include <generated/bindings/gpio/nested_irqs.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/gpio/chip_lines.hpp>
#include <kernel/gpio/trigger.hpp>
#include <kernel/interrupt/irq.hpp>
#include <kernel/printk/dev_printk.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/types/has_member.hpp>
#include <kernel/types/opaque.hpp>

struct gpio_chip;
struct irq_data;
struct mutex;

namespace kernel::detail
{

KCXX_HAS_MEMBER(set_irqs);

template <typename T>
concept NestedGpioInterrupts = requires(T &chip, const gpio::LineIrqs &irqs) {
	{ chip.pending_irqs(irqs) } -> std::same_as<Result<unsigned long>>;
};
template <typename T>
inline constexpr bool gpio_set_irqs_fits =
	!Has_set_irqs<T> || requires(T &chip, const gpio::LineIrqs &irqs) {
		{ chip.set_irqs(irqs) } -> std::same_as<Result<>>;
	};

/// True if lines of the chip T interrupt while they have a level
template <typename T>
consteval bool gpio_has_level_irqs()
{
	if constexpr (requires { T::has_level_irqs; })
		return T::has_level_irqs;
	return false;
}

/// The interrupts of one chip T. The kernel changes them in steps that must not sleep, between
/// bus_lock() and bus_sync_unlock(), which then tells the chip all changes at once.
template <typename T>
class NestedGpioIrqs
{
	using Raw = ::gpio_chip;

public:
	/// For the chip `chip` of `device`, whose interrupt is `parent`.
	NestedGpioIrqs(BoundDevice &device, T &chip, Raw &raw, unsigned int parent)
	    : device_{device}, chip_{chip}, raw_{raw}, parent_{parent}
	{
		// SAFETY, of all calls of the mutex: it is initialised here, and the task that
		// locked unlocks.
		bindings::kcxx_mutex_init(lock_.get(), class_.name(), class_.key());
	}
	NestedGpioIrqs(const NestedGpioIrqs &) = delete;
	NestedGpioIrqs &operator=(const NestedGpioIrqs &) = delete;
	/// The chip is removed, and the parent's interrupt given back.
	~NestedGpioIrqs()
	{
		if (wakes_)
			(void)bindings::irq_set_irq_wake(parent_, 0);
		bindings::mutex_destroy(lock_.get());
	}

	/// Masks all lines, and lets the kernel unmask them: the chip is not added yet.
	Result<> prepare() KCXX_MAY_SLEEP
	{
		GpioChip::of(&raw_).irqs = this;
		// SAFETY: the chip is not added yet, and the table is static.
		bindings::kcxx_gpio_chip_set_nested_irqs(&raw_, &interrupts_);
		return set_irqs();
	}

	/// Requests the interrupt of the chip: lines interrupt from now on.
	Result<> request(IrqFlags flags) KCXX_MAY_SLEEP
	{
		return irq_.request(device_, parent_, flags);
	}

private:
	// SAFETY, of all below: the kernel calls them with an interrupt of the chip.

	static NestedGpioIrqs &of(::irq_data *data)
	{
		Raw *raw = bindings::kcxx_gpio_chip_of_irq(data);
		return *static_cast<NestedGpioIrqs *>(GpioChip::of(raw).irqs);
	}
	static unsigned long bit_of(::irq_data *data)
	{
		return 1UL << bindings::kcxx_irqd_to_hwirq(data);
	}

	static void irq_bus_lock(::irq_data *data) { of(data).lock(); }
	static void irq_bus_sync_unlock(::irq_data *data)
	{
		NestedGpioIrqs &irqs = of(data);
		irqs.write();
		irqs.set_wake();
		irqs.unlock();
	}

	static void irq_mask(::irq_data *data)
	{
		of(data).wanted_.enabled &= ~bit_of(data);
		bindings::gpiochip_disable_irq(&of(data).raw_, bindings::kcxx_irqd_to_hwirq(data));
	}
	static void irq_unmask(::irq_data *data)
	{
		bindings::gpiochip_enable_irq(&of(data).raw_, bindings::kcxx_irqd_to_hwirq(data));
		of(data).wanted_.enabled |= bit_of(data);
	}

	static int irq_set_type(::irq_data *data, unsigned int type)
	{
		const unsigned int sense = type & KCXX_IRQ_TYPE_SENSE_MASK;
		const auto has = [sense](gpio::Trigger trigger) {
			return (sense & static_cast<unsigned int>(trigger)) != 0;
		};
		const auto put = [data](unsigned long &lines, bool value) {
			lines = value ? lines | bit_of(data) : lines & ~bit_of(data);
		};
		const bool level = has(gpio::Trigger::high) || has(gpio::Trigger::low);
		if (level && !gpio_has_level_irqs<T>())
			return EINVAL.to_errno();
		gpio::LineIrqs &irqs = of(data).wanted_;
		put(irqs.rising, has(gpio::Trigger::rising));
		put(irqs.falling, has(gpio::Trigger::falling));
		put(irqs.high, has(gpio::Trigger::high));
		put(irqs.low, has(gpio::Trigger::low));
		return 0;
	}

	static int irq_set_wake(::irq_data *data, unsigned int wakes)
	{
		unsigned long &lines = of(data).waking_;
		lines = wakes != 0 ? lines | bit_of(data) : lines & ~bit_of(data);
		return 0;
	}

	void lock() { bindings::kcxx_mutex_lock(lock_.get()); }
	void unlock() { bindings::kcxx_mutex_unlock(lock_.get()); }

	/// Tells the chip what changed. After an error, the next change tells it again.
	void write() KCXX_MAY_SLEEP
	{
		if (written_ == wanted_)
			return;
		if (const Result<> set = set_irqs(); set)
			written_ = wanted_;
		else
			dev_err_ratelimited(device_, "interrupts of lines: no write, error %d\n",
					    set.error().to_errno());
	}

	/// Calls the chip's function, if it has one.
	Result<> set_irqs() KCXX_MAY_SLEEP
	{
		if constexpr (Has_set_irqs<T> && gpio_set_irqs_fits<T>)
			return chip_.set_irqs(wanted_);
		return {};
	}

	/// The chip's interrupt wakes the system as long as one of a line does.
	void set_wake() KCXX_MAY_SLEEP
	{
		const bool wakes = waking_ != 0;
		if (wakes == wakes_)
			return;
		if (const int error = bindings::irq_set_irq_wake(parent_, wakes ? 1 : 0);
		    error != 0)
			dev_warn(device_, "interrupts of lines: no wake, error %d\n", error);
		else
			wakes_ = wakes;
	}

	/// The handler of the chip's interrupt
	IrqReturn in_thread()
	{
		lock();
		const Result<unsigned long> found = chip_.pending_irqs(written_);
		unlock();
		if (!found) {
			dev_err_ratelimited(device_, "interrupts of lines: no read, error %d\n",
					    found.error().to_errno());
			return IrqReturn::none;
		}
		for (unsigned long pending = *found; pending != 0; pending &= pending - 1)
			bindings::kcxx_gpio_chip_handle_nested(
				&raw_, static_cast<unsigned int>(__builtin_ctzl(pending)));
		return *found != 0 ? IrqReturn::handled : IrqReturn::none;
	}

	static consteval ::irq_chip made()
	{
		::irq_chip chip{};
		chip.name = KBUILD_MODNAME;
		chip.irq_bus_lock = &irq_bus_lock;
		chip.irq_bus_sync_unlock = &irq_bus_sync_unlock;
		chip.irq_mask = &irq_mask;
		chip.irq_unmask = &irq_unmask;
		chip.irq_set_type = &irq_set_type;
		chip.irq_set_wake = &irq_set_wake;
		chip.irq_request_resources = &bindings::gpiochip_irq_reqres;
		chip.irq_release_resources = &bindings::gpiochip_irq_relres;
		chip.flags = KCXX_IRQCHIP_IMMUTABLE;
		return chip;
	}

	static const ::irq_chip interrupts_;
	static inline constinit LockClass class_{"gpio interrupts behind a bus"};

	BoundDevice &device_;
	T &chip_;
	Raw &raw_;
	unsigned int parent_;
	Opaque<::mutex> lock_;    // from bus_lock() to bus_sync_unlock()
	gpio::LineIrqs wanted_;   // by the users of lines
	gpio::LineIrqs written_;  // as the chip has it
	unsigned long waking_{0}; // the lines that wake the system
	bool wakes_{false};       // the chip's interrupt does
	ThreadedIrq<&NestedGpioIrqs::in_thread> irq_{*this};
};

template <typename T>
constinit const ::irq_chip NestedGpioIrqs<T>::interrupts_ = NestedGpioIrqs<T>::made();

} // namespace kernel::detail
