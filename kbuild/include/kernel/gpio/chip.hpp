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
/// get() or set() may be missing. Of a chip that may sleep, as on an I2C bus, the first five are
/// written without KCXX_MUST_NOT_SLEEP: its lines are then used where sleep is allowed alone. The
/// kernel calls the functions of several lines, and from several CPUs, at once: registers with bits
/// of several lines are in a lock, a RawSpinLock if the lines interrupt.

#pragma once

#include <concepts>
#include <type_traits>

#include <generated/bindings/gpio/chip.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/types/has_member.hpp>

struct gpio_chip;
struct irq_data;
struct irq_desc;

namespace kernel::gpio
{

/// The direction of a line
enum class Direction {
	input = KCXX_GPIO_LINE_DIRECTION_IN,   ///< the chip reads it
	output = KCXX_GPIO_LINE_DIRECTION_OUT, ///< the chip drives it
};

/// The event at which a line interrupts. C: IRQ_TYPE_…
enum class Trigger : unsigned int {
	none = KCXX_IRQ_TYPE_NONE,            ///< at no event
	rising = KCXX_IRQ_TYPE_EDGE_RISING,   ///< when it becomes high
	falling = KCXX_IRQ_TYPE_EDGE_FALLING, ///< when it becomes low
	both = KCXX_IRQ_TYPE_EDGE_BOTH,       ///< at each change
	high = KCXX_IRQ_TYPE_LEVEL_HIGH,      ///< while it is high
	low = KCXX_IRQ_TYPE_LEVEL_LOW,        ///< while it is low
};

} // namespace kernel::gpio

namespace kernel::detail
{

KCXX_HAS_MEMBER(get);
KCXX_HAS_MEMBER(set);
KCXX_HAS_MEMBER(direction);
KCXX_HAS_MEMBER(make_input);
KCXX_HAS_MEMBER(make_output);
KCXX_HAS_MEMBER(ack_irq);

template <typename T>
concept GpioCounts = requires { static_cast<unsigned short>(T::lines); };

template <typename T>
inline constexpr bool gpio_get_fits = !Has_get<T> || requires(const T &chip, unsigned int line) {
	{ chip.get(line) } -> std::same_as<Result<bool>>;
};
template <typename T>
inline constexpr bool gpio_set_fits = !Has_set<T> || requires(T &chip, unsigned int line) {
	{ chip.set(line, true) } -> std::same_as<Result<>>;
};
template <typename T>
inline constexpr bool gpio_directions_fit =
	(!Has_direction<T> || requires(const T &chip, unsigned int line) {
		{ chip.direction(line) } -> std::same_as<Result<gpio::Direction>>;
	}) && (!Has_make_input<T> || requires(T &chip, unsigned int line) {
		{ chip.make_input(line) } -> std::same_as<Result<>>;
	}) && (!Has_make_output<T> || requires(T &chip, unsigned int line) {
		{ chip.make_output(line, true) } -> std::same_as<Result<>>;
	});

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

/// How many of the functions that users of lines call the class has, and how many of these are
/// declared KCXX_MUST_NOT_SLEEP
struct GpioFunctions {
	int all = 0;
	int atomic = 0;

	consteval void count(bool is_atomic)
	{
		++all;
		atomic += is_atomic ? 1 : 0;
	}
};

template <typename T>
consteval GpioFunctions gpio_functions()
{
	GpioFunctions functions;
	if constexpr (Has_get<T>)
		functions.count(requires(const T &chip) {
			{ chip.get(0U) } noexcept;
		});
	if constexpr (Has_set<T>)
		functions.count(requires(T &chip) {
			{ chip.set(0U, true) } noexcept;
		});
	if constexpr (Has_direction<T>)
		functions.count(requires(const T &chip) {
			{ chip.direction(0U) } noexcept;
		});
	if constexpr (Has_make_input<T>)
		functions.count(requires(T &chip) {
			{ chip.make_input(0U) } noexcept;
		});
	if constexpr (Has_make_output<T>)
		functions.count(requires(T &chip) {
			{ chip.make_output(0U, true) } noexcept;
		});
	return functions;
}

/// True if the lines are used where nothing may sleep, too
template <typename T>
inline constexpr bool gpio_never_sleeps = gpio_functions<T>().atomic == gpio_functions<T>().all;

/// C's functions for the chip T
template <typename T>
class GpioOperations
{
	using Raw = ::gpio_chip;

public:
	/// Sets the functions, of which a kernel has one or another form.
	template <typename Chip>
	static void fill(Chip &chip)
	{
		chip.ngpio = T::lines;
		chip.can_sleep = !gpio_never_sleeps<T>;
		if constexpr (Has_get<T>)
			chip.get = &get;
		if constexpr (Has_set<T>) {
			using Set = decltype(chip.set(nullptr, 0, 0)); // void before 6.17
			if constexpr (requires { chip.set_rv; })
				chip.set_rv = &set<int>;
			else
				chip.set = &set<Set>;
		}
		if constexpr (Has_direction<T>)
			chip.get_direction = &get_direction;
		if constexpr (Has_make_input<T>)
			chip.direction_input = &direction_input;
		if constexpr (Has_make_output<T>)
			chip.direction_output = &direction_output;
	}

	/// Lets the lines interrupt, by the chip's own interrupt.
	template <typename Chip>
	static void fill_interrupts(Chip *chip, unsigned int *parent)
	{
		// SAFETY: the chip is not added yet, and the table is static.
		bindings::kcxx_gpio_chip_set_irqs(chip, &interrupts_, &parent_handler, parent);
	}

private:
	// SAFETY, of all below: the kernel calls them with the chip that add() added, or with an
	// interrupt of it.

	static T &chip_of(Raw *raw) { return *static_cast<T *>(bindings::gpiochip_get_data(raw)); }

	/// For Clang: a function that is declared KCXX_MUST_NOT_SLEEP follows.
	static void in_context_of_lines() KCXX_ASSERT_CAPABILITY(asserted_context.no_sleep) {}

	static int get(Raw *raw, unsigned int line)
	{
		in_context_of_lines();
		const Result<bool> high = chip_of(raw).get(line);
		if (!high)
			return high.error().to_errno();
		return *high ? 1 : 0;
	}

	template <typename Returned>
	static Returned set(Raw *raw, unsigned int line, int value)
	{
		in_context_of_lines();
		const Result<> written = chip_of(raw).set(line, value != 0);
		if constexpr (!std::is_void_v<Returned>)
			return to_c(written);
	}

	static int get_direction(Raw *raw, unsigned int line)
	{
		in_context_of_lines();
		const Result<gpio::Direction> direction = chip_of(raw).direction(line);
		return direction ? static_cast<int>(*direction) : direction.error().to_errno();
	}
	static int direction_input(Raw *raw, unsigned int line)
	{
		in_context_of_lines();
		return to_c(chip_of(raw).make_input(line));
	}
	static int direction_output(Raw *raw, unsigned int line, int value)
	{
		in_context_of_lines();
		return to_c(chip_of(raw).make_output(line, value != 0));
	}

	// The interrupts

	static Raw *raw_of(::irq_data *data) { return bindings::kcxx_gpio_chip_of_irq(data); }

	static void irq_mask(::irq_data *data)
	{
		const unsigned int line = bindings::kcxx_irqd_to_hwirq(data);
		in_atomic_context();
		chip_of(raw_of(data)).mask_irq(line);
		bindings::gpiochip_disable_irq(raw_of(data), line);
	}
	static void irq_unmask(::irq_data *data)
	{
		const unsigned int line = bindings::kcxx_irqd_to_hwirq(data);
		in_atomic_context();
		bindings::gpiochip_enable_irq(raw_of(data), line);
		chip_of(raw_of(data)).unmask_irq(line);
	}
	static void irq_ack(::irq_data *data)
	{
		in_atomic_context();
		if constexpr (Has_ack_irq<T>)
			chip_of(raw_of(data)).ack_irq(bindings::kcxx_irqd_to_hwirq(data));
	}
	static int irq_set_type(::irq_data *data, unsigned int type)
	{
		const unsigned int sense = type & KCXX_IRQ_TYPE_SENSE_MASK;
		in_atomic_context();
		const Result<> set = chip_of(raw_of(data))
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
		for (unsigned long pending = chip_of(raw).pending_irqs(); pending != 0;
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
constinit const ::irq_chip GpioOperations<T>::interrupts_ = GpioOperations<T>::made();

} // namespace kernel::detail

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
	/// Errors: EBUSY if they are added already; ENOMEM; as of gpiochip_add_data(). Context: may
	/// sleep.
	template <typename T>
	Result<> add(BoundDevice &device, T &driver) KCXX_MAY_SLEEP
	{
		check<T>();
		if (added_)
			return EBUSY;
		detail::GpioOperations<T>::fill(raw_);
		return register_at(device, &driver);
	}

	/// The same for lines that interrupt, by the interrupt `irq` of the chip, which it shares
	/// with no other device. This requests it.
	template <typename T>
	Result<> add(BoundDevice &device, T &driver, unsigned int irq) KCXX_MAY_SLEEP
	{
		check<T>();
		static_assert(detail::GpioInterrupts<T> && detail::gpio_ack_fits<T>,
			      "kcxx-E1377: lines that interrupt have, each KCXX_MUST_NOT_SLEEP: "
			      "unsigned long "
			      "pending_irqs() const; void mask_irq(unsigned int line); void "
			      "unmask_irq(unsigned int line); kernel::Result<> "
			      "set_trigger(unsigned int line, kernel::gpio::Trigger); and perhaps "
			      "void ack_irq(unsigned int line);");
		if (added_)
			return EBUSY;
		parent_ = irq;
		detail::GpioOperations<T>::fill(raw_);
		detail::GpioOperations<T>::fill_interrupts(&raw_, &parent_);
		return register_at(device, &driver);
	}

private:
	template <typename T>
	static constexpr void check()
	{
		static_assert(detail::GpioCounts<T>, "kcxx-E1378: the class has no lines: write in "
						     "it static constexpr unsigned int "
						     "lines = 8;");
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
			      "get(), set(), direction(), make_input() and make_output() so, or "
			      "none of them if the chip may sleep");
		static_assert(detail::gpio_directions_fit<T>,
			      "kcxx-E1383: directions of lines are "
			      "kernel::Result<kernel::gpio::Direction> "
			      "direction(unsigned int line) const; kernel::Result<> "
			      "make_input(unsigned int line); kernel::Result<> "
			      "make_output(unsigned int line, bool high);");
	}

	Result<> register_at(BoundDevice &device, void *driver)
	{
		raw_.parent = device;
		raw_.owner = &bindings::__this_module;
		raw_.label = device.name();
		raw_.base = -1;
		// SAFETY, of both: this object lives until the device is unbound, and the lines end
		// before.
		KTRY(to_result(bindings::gpiochip_add_data_with_key(&raw_, driver, class_.key(),
								    class_.inner_key())));
		added_ = true;
		return device.at_unbind(
			[](void *data) {
				auto *chip = static_cast<Chip *>(data);
				bindings::gpiochip_remove(&chip->raw_);
				chip->added_ = false;
			},
			this);
	}

	static inline constinit LockClass class_{"gpio interrupts"};

	::gpio_chip raw_{};
	unsigned int parent_ = 0;
	bool added_ = false;
};

} // namespace kernel::gpio
