// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// PWMs that a driver uses. C API: <linux/pwm.h>.
///
///     class Fan {
///             static Result<Fan> probe(platform::BoundDevice &device)
///             {
///                     return {std::in_place, KTRY(pwm::Output::get(device))};
///             }
///             Result<> set_speed(unsigned int percent)
///             {
///                     return output_.set_duty(output_.period() * percent / 100);
///             }
///             pwm::Output output_; // there is no signal any more when this ends
///     };
///
/// Firmware names the PWM, in the property `pwms` of a device tree or of ACPI, and its period and
/// polarity.

#pragma once

#include <utility>

#include <generated/bindings/pwm/consumer.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/node.hpp>
#include <kernel/error.hpp>
#include <kernel/pwm/state.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/time/ktime.hpp>

struct pwm_device;

namespace kernel::pwm
{

/// A PWM that the driver of a device uses. It belongs to the device until that is unbound, so this
/// object is kept in the driver's own. Its end disables the signal. Moves, does not copy.
class [[nodiscard]] Output
{
public:
	/// The PWM `name` of the device, as its `pwm-names` have it; of a device with one alone,
	/// null.
	///
	/// Errors: ENOENT or ENODEV if firmware names none; EPROBE_DEFER if its chip is not there
	/// yet; EBUSY if another has it. Context: may sleep.
	[[nodiscard]] static Result<Output> get(BoundDevice &device,
						const char *name = nullptr) KCXX_MAY_SLEEP
	{
		// SAFETY, of both: the device is bound to this driver.
		return of(bindings::devm_pwm_get(device, name));
	}

	/// The same of a node in the device's description, see child_nodes().
	[[nodiscard]] static Result<Output> get(BoundDevice &device, const Node &node,
						const char *name = nullptr) KCXX_MAY_SLEEP
	{
		return of(bindings::devm_fwnode_pwm_get(device, node.raw(), name));
	}

	Output(const Output &) = delete;
	Output &operator=(const Output &) = delete;
	/// Leaves the other without a PWM.
	Output(Output &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	/// Takes the other's PWM, and leaves this one's to it.
	Output &operator=(Output &&other) noexcept
	{
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Disables the signal. Context: may sleep.
	~Output() KCXX_MAY_SLEEP
	{
		if (raw_ != nullptr)
			(void)disable();
	}

	// All below BUG() after a move.

	/// The period that firmware wants; zero if it names none. Context: any.
	[[nodiscard]] Nanoseconds period() const { return wanted().period; }

	/// The signal that was applied last; at first, the one that the chip had. Context: any.
	[[nodiscard]] State state() const
	{
		::pwm_state state{};
		// SAFETY, of all below: the device has the PWM until it is unbound.
		bindings::kcxx_pwm_get_state(raw(), &state);
		return detail::pwm_state(state);
	}

	/// Lets the PWM have this signal: the nearest that the chip has.
	///
	///     KTRY(output_.apply({.period = 1ms, .duty = 250us, .enabled = true}));
	///
	/// Errors: EINVAL if the period is zero, or shorter than the pulse; as of the chip.
	/// Context: may sleep.
	Result<> apply(const State &state) KCXX_MAY_SLEEP
	{
		if (state.duty < Nanoseconds{} || state.period < state.duty)
			return EINVAL;
		::pwm_state next{};
		detail::write_pwm_state(next, state);
		return to_result(bindings::kcxx_pwm_apply(raw(), &next));
	}

	/// Enables the signal with pulses of this length, and with the period and the polarity that
	/// firmware wants. Errors and context: as of apply().
	Result<> set_duty(Nanoseconds duty) KCXX_MAY_SLEEP
	{
		State next = wanted();
		next.duty = duty;
		next.enabled = true;
		return apply(next);
	}

	/// Disables the signal; set_duty() enables it again. Errors: as of the chip. Context: may
	/// sleep.
	Result<> disable() KCXX_MAY_SLEEP
	{
		State next = state();
		next.enabled = false;
		return apply(next);
	}

	/// For C functions; BUG()s after a move
	[[nodiscard]] ::pwm_device *raw() const
	{
		if (raw_ == nullptr) [[unlikely]]
			bug("pwm::Output: used after a move");
		return raw_;
	}

private:
	explicit Output(::pwm_device *raw) noexcept : raw_{raw} {}

	static Result<Output> of(::pwm_device *found)
	{
		return Output{KTRY(Error::from_pointer(found))};
	}

	/// The signal that firmware wants, without pulses
	[[nodiscard]] State wanted() const
	{
		::pwm_state state{};
		bindings::kcxx_pwm_init_state(raw(), &state);
		return detail::pwm_state(state);
	}

	::pwm_device *raw_;
};

} // namespace kernel::pwm
