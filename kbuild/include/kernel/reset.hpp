// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Reset lines of a device, which a controller on the chip drives. C API: <linux/reset.h>.
///
///     const ResetControl core = KTRY(ResetControl::get(device, "core"));
///     auto running = KTRY(core.deassert()); // the device is in reset again when this ends

#pragma once

#include <utility>

#include <generated/bindings/reset.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/resource_use.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>

struct reset_control;

namespace kernel
{

class ResetControl;

namespace detail
{

struct ResetDeasserted {
	using Resource = ResetControl;
	using Raw = ::reset_control *;
	static void end(Raw raw) KCXX_MAY_SLEEP
	{
		// SAFETY: the line is the device's; null is ignored.
		(void)bindings::kcxx_reset_control_assert(raw);
	}
};

} // namespace detail

/// A reset line of a device, until the device is unbound. Copies are of the same line. The names
/// are those of the device tree's reset-names.
class ResetControl
{
public:
	/// The time in which a device is out of reset: from ResetControl::deassert() until this
	/// ends
	using Deasserted = ResourceUse<detail::ResetDeasserted>;

	/// The line `name` of this device alone; null for the only one.
	///
	/// Errors: ENOENT if the device has none; EBUSY if another driver has it; EPROBE_DEFER if
	/// the controller is not there yet. Context: may sleep.
	[[nodiscard]] static Result<ResetControl> get(BoundDevice &device,
						      const char *name = nullptr) KCXX_MAY_SLEEP
	{
		return find(device, name, false, false);
	}

	/// The same; if the device has no such line, one that does nothing, without errors.
	[[nodiscard]] static Result<ResetControl>
	get_optional(BoundDevice &device, const char *name = nullptr) KCXX_MAY_SLEEP
	{
		return find(device, name, false, true);
	}

	/// A line that several devices have: they are in reset once all of them want that. reset()
	/// resets them once, for the first one. Errors and context: as of get().
	[[nodiscard]] static Result<ResetControl>
	get_shared(BoundDevice &device, const char *name = nullptr) KCXX_MAY_SLEEP
	{
		return find(device, name, true, false);
	}

	// SAFETY, of all below: the device has the line until it is unbound; null is a line that
	// does nothing.

	/// True if the device has the line: get_optional() returns others, too
	[[nodiscard]] explicit operator bool() const noexcept { return raw_ != nullptr; }
	/// For C functions
	[[nodiscard]] ::reset_control *raw() const noexcept { return raw_; }

	/// Takes the device out of reset. Errors: as of the controller. Context: may sleep.
	Result<Deasserted> deassert() const KCXX_MAY_SLEEP
	{
		KTRY(to_result(bindings::kcxx_reset_control_deassert(raw_)));
		return Deasserted{raw_};
	}

	/// Puts the device into reset, and takes it out. Errors: ENOTSUPP if the controller has no
	/// such pulse. Context: may sleep.
	Result<> reset() const KCXX_MAY_SLEEP
	{
		return to_result(bindings::kcxx_reset_control_reset(raw_));
	}

	/// True if the device is in reset. Errors: ENOTSUPP if the controller cannot tell. Context:
	/// may sleep.
	[[nodiscard]] Result<bool> is_asserted() const KCXX_MAY_SLEEP
	{
		const int status = KTRY(from_c(bindings::kcxx_reset_control_status(raw_)));
		return {std::in_place, status != 0};
	}

private:
	explicit ResetControl(::reset_control *raw) noexcept : raw_{raw} {}

	static Result<ResetControl> find(BoundDevice &device, const char *name, bool shared,
					 bool optional)
	{
		// SAFETY: the device is bound to this driver.
		return ResetControl{KTRY(Error::from_pointer(
			bindings::kcxx_devm_reset_get(device, name, shared, optional)))};
	}

	::reset_control *raw_;
};

} // namespace kernel
