// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Several GPIO lines that a driver uses at once. C API: struct gpio_descs of
/// <linux/gpio/consumer.h>.
///
///     auto data = KTRY(gpio::Outputs::get(device, "data", gpio::inactive));
///     KTRY(data.set(0b1010));
///
/// Firmware names all lines in one property, data-gpios. A chip that has functions of several lines
/// gets all of its own in one access.

#pragma once

#include <limits>
#include <utility>

#include <generated/bindings/gpio/several.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/gpio/consumer.hpp>
#include <kernel/sync/context.hpp>

struct gpio_descs;

namespace kernel::gpio
{

/// Lines that a driver has, until this ends: Inputs or Outputs. Moves, does not copy. There are at
/// most as many as an unsigned long has bits: bit 0 is the first line.
class SeveralLines
{
public:
	SeveralLines(const SeveralLines &) = delete;
	SeveralLines &operator=(const SeveralLines &) = delete;
	/// Leaves the other without lines.
	SeveralLines(SeveralLines &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	/// Takes the other's lines, and leaves this one's to it.
	SeveralLines &operator=(SeveralLines &&other) noexcept
	{
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Gives the lines back. Context: may sleep.
	~SeveralLines() KCXX_MAY_SLEEP
	{
		if (raw_ != nullptr)
			// SAFETY: the lines are this object's.
			bindings::gpiod_put_array(raw_);
	}

	// SAFETY, of all below: the lines are this object's.

	/// For C functions; BUG()s after a move
	[[nodiscard]] ::gpio_descs *raw() const
	{
		if (raw_ == nullptr) [[unlikely]]
			bug("gpio::SeveralLines: used after a move");
		return raw_;
	}

	/// How many lines there are: at least one
	[[nodiscard]] unsigned int size() const { return raw()->ndescs; }

	/// The lines that are active, a bit for each. Errors: EIO and others, if a chip does not
	/// answer. Context: may sleep.
	[[nodiscard]] Result<unsigned long> are_active() const KCXX_MAY_SLEEP
	{
		unsigned long levels = 0;
		KTRY(to_result(bindings::kcxx_gpiod_get_several_cansleep(raw(), &levels)));
		return {std::in_place, levels};
	}
	/// The same of lines whose chips do not sleep. Context: any.
	[[nodiscard]] Result<unsigned long> are_active_atomic() const
	{
		unsigned long levels = 0;
		KTRY(to_result(bindings::kcxx_gpiod_get_several(raw(), &levels)));
		return {std::in_place, levels};
	}

protected:
	/// Takes over lines of C's.
	explicit SeveralLines(::gpio_descs *raw) noexcept : raw_{raw} {}

	/// The lines `name` of `device`, which fit into a word
	static Result<::gpio_descs *> find(BoundDevice &device, const char *name,
					   unsigned int flags) KCXX_MAY_SLEEP
	{
		::gpio_descs *found = KTRY(
			Error::from_pointer(bindings::kcxx_gpiod_get_array(device, name, flags)));
		if (found->ndescs <= std::numeric_limits<unsigned long>::digits)
			return found;
		bindings::gpiod_put_array(found);
		return EOVERFLOW;
	}

private:
	::gpio_descs *raw_;
};

/// Lines that are read
class Inputs : public SeveralLines
{
public:
	/// The lines `name` of the device, as inputs.
	///
	/// Errors: ENOENT if firmware names none; EPROBE_DEFER if a chip is not there yet; EBUSY if
	/// another driver has one; EOVERFLOW if there are more than bits. Context: may sleep.
	[[nodiscard]] static Result<Inputs> get(BoundDevice &device,
						const char *name) KCXX_MAY_SLEEP
	{
		return Inputs{KTRY(find(device, name, KCXX_GPIOD_IN))};
	}

private:
	using SeveralLines::SeveralLines;
};

/// Lines that are written
class Outputs : public SeveralLines
{
public:
	/// The lines `name` of the device, as outputs that all are active or not at first. Errors
	/// and context: as of Inputs::get().
	[[nodiscard]] static Result<Outputs> get(BoundDevice &device, const char *name,
						 Initially initially) KCXX_MAY_SLEEP
	{
		return Outputs{KTRY(find(device, name,
					 initially == Initially::active ? KCXX_GPIOD_OUT_HIGH
									: KCXX_GPIOD_OUT_LOW))};
	}

	/// Makes the lines active whose bits are set, and the others inactive. Bits behind the last
	/// line are ignored. Errors: EIO and others, if a chip does not answer. Context: may sleep.
	Result<> set(unsigned long active) KCXX_MAY_SLEEP
	{
		// SAFETY, of both: the lines are this object's, and outputs.
		return to_result(bindings::kcxx_gpiod_set_several_cansleep(raw(), active));
	}
	/// The same of lines whose chips do not sleep. Context: any.
	Result<> set_atomic(unsigned long active)
	{
		return to_result(bindings::kcxx_gpiod_set_several(raw(), active));
	}

private:
	using SeveralLines::SeveralLines;
};

} // namespace kernel::gpio
