// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// GPIO lines that a driver uses. C API: <linux/gpio/consumer.h>.
///
///     auto reset = KTRY(gpio::Output::get(device, "reset", gpio::inactive));
///     reset.set(true);
///     auto button = KTRY(gpio::Input::get(device, "button"));
///     KTRY(irq_.request(device, KTRY(button.irq()), irq_flags::rising | irq_flags::falling));
///     auto data = KTRY(std::move(button).to_output(gpio::inactive)); // the same line, turned
///
/// Firmware names the line: the property reset-gpios of a device tree, or a gpio::LookupTable. It
/// also tells whether the line is active when it is low, so a driver knows active and inactive
/// alone.

#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include <generated/bindings/gpio/consumer.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/node.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/time/delay.hpp>
#include <kernel/time/ktime.hpp>

struct gpio_desc;

namespace kernel::gpio
{

/// A line that a driver has, until this ends: Input or Output. Moves, does not copy.
class Line
{
public:
	Line(const Line &) = delete;
	Line &operator=(const Line &) = delete;
	/// Leaves the other without a line.
	Line(Line &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	/// Takes the other's line, and leaves this one's to it.
	Line &operator=(Line &&other) noexcept
	{
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Gives the line back. Context: may sleep.
	~Line() KCXX_MAY_SLEEP
	{
		if (raw_ != nullptr)
			// SAFETY: the line is this object's.
			bindings::gpiod_put(raw_);
	}

	/// For C functions; BUG()s after a move
	[[nodiscard]] ::gpio_desc *raw() const
	{
		if (raw_ == nullptr) [[unlikely]]
			bug("gpio::Line: used after a move");
		return raw_;
	}

	/// True if the line is active. Errors: EIO and others, if its chip does not answer.
	/// Context: may sleep.
	[[nodiscard]] Result<bool> is_active() const KCXX_MAY_SLEEP
	{
		// SAFETY, of both: the line is this object's.
		const int value = KTRY(from_c(bindings::gpiod_get_value_cansleep(raw())));
		return {std::in_place, value != 0};
	}

	/// The same of a line whose chip does not sleep. Context: any.
	[[nodiscard]] Result<bool> is_active_atomic() const
	{
		const int value = KTRY(from_c(bindings::gpiod_get_value(raw())));
		return {std::in_place, value != 0};
	}

	/// True if is_active() and set() of this line sleep, so that no other context has them.
	[[nodiscard]] bool can_sleep() const
	{
		// SAFETY: the line is this object's.
		return bindings::gpiod_cansleep(raw()) != 0;
	}

protected:
	/// Takes over a line of C's.
	explicit Line(::gpio_desc *raw) noexcept : raw_{raw} {}
	/// Hands the line over: the object has none then.
	[[nodiscard]] ::gpio_desc *release() noexcept { return std::exchange(raw_, nullptr); }

	/// The line `name` of `device`
	static Result<::gpio_desc *> find(BoundDevice &device, const char *name, unsigned int index,
					  unsigned int flags)
	{
		// SAFETY, of both: the device is bound to this driver.
		return Error::from_pointer(bindings::kcxx_gpiod_get(device, name, index, flags));
	}
	/// The line `name` of a node of `device`'s description
	static Result<::gpio_desc *> find(BoundDevice &device, const Node &node, const char *name,
					  unsigned int index, unsigned int flags)
	{
		return Error::from_pointer(bindings::kcxx_fwnode_gpiod_get(node.raw(), name, index,
									   flags, device.name()));
	}
	/// The same as the first; null if firmware names none
	static Result<::gpio_desc *> find_optional(BoundDevice &device, const char *name,
						   unsigned int index, unsigned int flags)
	{
		return Error::from_pointer(
			bindings::kcxx_gpiod_get_optional(device, name, index, flags));
	}

private:
	::gpio_desc *raw_;
};

class Output;

/// How an output begins
enum class Initially : unsigned char {
	inactive, ///< not active
	active,   ///< active
};
inline constexpr Initially active = Initially::active;     ///< for Output::get()
inline constexpr Initially inactive = Initially::inactive; ///< for Output::get()

/// A line that is read
class Input : public Line
{
public:
	/// The line `name` of the device, as an input: the one at `index`, if firmware names
	/// several.
	///
	/// Errors: ENOENT if firmware names none; EPROBE_DEFER if its chip is not there yet; EBUSY
	/// if another driver has it. Context: may sleep.
	[[nodiscard]] static Result<Input> get(BoundDevice &device, const char *name,
					       unsigned int index = 0) KCXX_MAY_SLEEP
	{
		return Input{KTRY(find(device, name, index, KCXX_GPIOD_IN))};
	}

	/// The same of a node in the device's description, see child_nodes(): the property `gpios`
	/// if there is no name.
	[[nodiscard]] static Result<Input> get(BoundDevice &device, const Node &node,
					       const char *name = nullptr,
					       unsigned int index = 0) KCXX_MAY_SLEEP
	{
		return Input{KTRY(find(device, node, name, index, KCXX_GPIOD_IN))};
	}

	/// The same as the first, or nothing if firmware names none.
	[[nodiscard]] static Result<std::optional<Input>>
	get_optional(BoundDevice &device, const char *name, unsigned int index = 0) KCXX_MAY_SLEEP
	{
		::gpio_desc *raw = KTRY(find_optional(device, name, index, KCXX_GPIOD_IN));
		if (raw == nullptr)
			return std::optional<Input>{};
		return std::optional<Input>{Input{raw}};
	}

	/// The number of its interrupt, for Irq::request(). Errors: ENXIO if its chip has none.
	/// Context: may sleep.
	[[nodiscard]] Result<unsigned int> irq() const KCXX_MAY_SLEEP
	{
		// SAFETY: the line is this object's.
		const int number = KTRY(from_c(bindings::gpiod_to_irq(raw())));
		return {std::in_place, static_cast<unsigned int>(number)};
	}

	/// Lets the line change once its level has been stable for `time`, in whole microseconds.
	///
	/// Errors: EOPNOTSUPP if its chip cannot; those of the chip. Context: may sleep.
	Result<> set_debounce(Nanoseconds time) KCXX_MAY_SLEEP
	{
		const auto microseconds =
			static_cast<unsigned int>(kernel::detail::microseconds_of(time));
		// SAFETY: the line is this object's.
		const int returned = bindings::gpiod_set_debounce(raw(), microseconds);
		return returned == -KCXX_ENOTSUPP ? EOPNOTSUPP : to_result(returned);
	}

	/// Turns the line into an output that is active or not at first: this object has none then.
	///
	/// Errors, after which the line is given back: EIO if it interrupts, or its chip cannot
	/// drive it; those of the chip. BUG()s after a move. Context: may sleep.
	[[nodiscard]] Result<Output> to_output(Initially initially) && KCXX_MAY_SLEEP;
	/// This call is refused, for the object has no line behind it: std::move() is to be seen.
	template <typename T = void>
	[[nodiscard]] Result<Output> to_output(Initially initially) &;

private:
	friend class Output;
	using Line::Line;
};

/// A line that is written
class Output : public Line
{
public:
	/// The line `name` of the device, as an output that is active or not at first. `index`,
	/// errors and context: as of Input::get().
	[[nodiscard]] static Result<Output> get(BoundDevice &device, const char *name,
						Initially initially,
						unsigned int index = 0) KCXX_MAY_SLEEP
	{
		return Output{KTRY(find(device, name, index, flags_of(initially)))};
	}

	/// The same of a node in the device's description, see child_nodes(): the property `gpios`
	/// if there is no name.
	[[nodiscard]] static Result<Output> get(BoundDevice &device, const Node &node,
						Initially initially, const char *name = nullptr,
						unsigned int index = 0) KCXX_MAY_SLEEP
	{
		return Output{KTRY(find(device, node, name, index, flags_of(initially)))};
	}

	/// The same as the first, or nothing if firmware names none.
	[[nodiscard]] static Result<std::optional<Output>>
	get_optional(BoundDevice &device, const char *name, Initially initially,
		     unsigned int index = 0) KCXX_MAY_SLEEP
	{
		::gpio_desc *raw = KTRY(find_optional(device, name, index, flags_of(initially)));
		if (raw == nullptr)
			return std::optional<Output>{};
		return std::optional<Output>{Output{raw}};
	}

	/// Makes the line active or inactive. Context: may sleep.
	void set(bool is_active) KCXX_MAY_SLEEP
	{
		// SAFETY, of both: the line is this object's, and an output.
		bindings::kcxx_gpiod_set_cansleep(raw(), is_active ? 1 : 0);
	}

	/// The same of a line whose chip does not sleep. Context: any.
	void set_atomic(bool is_active) { bindings::kcxx_gpiod_set(raw(), is_active ? 1 : 0); }

	/// Turns the line into an input: this object has none then. Errors and context: as of
	/// Input::to_output().
	[[nodiscard]] Result<Input> to_input() && KCXX_MAY_SLEEP
	{
		Output line{std::move(*this)};
		KTRY(to_result(bindings::gpiod_direction_input(line.raw())));
		return Input{line.release()};
	}
	/// This call is refused, as the one of Input::to_output().
	template <typename T = void>
	[[nodiscard]] Result<Input> to_input() &
	{
		static_assert(!std::is_void_v<T>, "kcxx-E1521: to_input() ends the output: write "
						  "std::move(line).to_input()");
		return std::move(*this).to_input();
	}

private:
	friend class Input;
	using Line::Line;

	static constexpr unsigned int flags_of(Initially initially)
	{
		return initially == Initially::active ? KCXX_GPIOD_OUT_HIGH : KCXX_GPIOD_OUT_LOW;
	}
};

inline Result<Output> Input::to_output(Initially initially) &&
{
	Input line{std::move(*this)};
	// SAFETY: the line is the object's.
	KTRY(to_result(bindings::gpiod_direction_output(line.raw(),
							initially == Initially::active ? 1 : 0)));
	return Output{line.release()};
}

/// This call is refused, for the object has no line behind it: std::move() is to be seen.
template <typename T>
Result<Output> Input::to_output(Initially initially) &
{
	static_assert(!std::is_void_v<T>, "kcxx-E1520: to_output() ends the input: write "
					  "std::move(line).to_output(initially)");
	return std::move(*this).to_output(initially);
}

} // namespace kernel::gpio
