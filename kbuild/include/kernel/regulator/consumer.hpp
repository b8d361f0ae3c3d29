// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Supplies of power that a device has. C API: <linux/regulator/consumer.h>.
///
///     const Regulator vdd = KTRY(Regulator::get(device, "vdd"));
///     auto powered = KTRY(vdd.enable()); // until this ends

#pragma once

#include <optional>
#include <utility>

#include <generated/bindings/regulator/consumer.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/resource_use.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>

struct regulator;

namespace kernel
{

/// The ways in which a regulator works. C: REGULATOR_MODE_…
enum class RegulatorMode : unsigned int {
	fast = KCXX_REGULATOR_MODE_FAST,       ///< for a load that changes quickly
	normal = KCXX_REGULATOR_MODE_NORMAL,   ///< the usual one
	idle = KCXX_REGULATOR_MODE_IDLE,       ///< for a small load
	standby = KCXX_REGULATOR_MODE_STANDBY, ///< for the least load
};

class Regulator;

namespace detail
{

struct RegulatorEnabled {
	using Resource = Regulator;
	using Raw = ::regulator *;
	static void end(Raw raw) KCXX_MAY_SLEEP
	{
		if (raw != nullptr)
			// SAFETY: the supply was enabled once for this use.
			(void)bindings::kcxx_regulator_disable(raw);
	}
};

} // namespace detail

/// A supply of a device, until the device is unbound. Copies are of the same supply. Firmware names
/// it: vdd-supply in a device tree.
class Regulator
{
public:
	/// The time in which a supply is on: from Regulator::enable() until this ends. A supply
	/// that several have enabled is on until the last one ends.
	using Enabled = ResourceUse<detail::RegulatorEnabled>;

	/// The supply `name` of the device. If firmware names none, one that is always on, where
	/// firmware names all that can be switched.
	///
	/// Errors: ENODEV if it names none and may be incomplete; EPROBE_DEFER if the regulator is
	/// not there yet. Context: may sleep.
	[[nodiscard]] static Result<Regulator> get(BoundDevice &device,
						   const char *name) KCXX_MAY_SLEEP
	{
		// SAFETY: the device is bound to this driver.
		return Regulator{KTRY(Error::from_pointer(
			bindings::kcxx_devm_regulator_get(device, name, false)))};
	}

	/// The supply `name`, or nothing if firmware names none: for a part of the device that may
	/// not be wired.
	///
	/// Errors: EPROBE_DEFER. Context: may sleep.
	[[nodiscard]] static Result<std::optional<Regulator>>
	get_optional(BoundDevice &device, const char *name) KCXX_MAY_SLEEP
	{
		// SAFETY: the device is bound to this driver.
		const auto found =
			Error::from_pointer(bindings::kcxx_devm_regulator_get(device, name, true));
		if (found)
			return std::optional<Regulator>{Regulator{*found}};
		if (found.error() == ENODEV)
			return std::optional<Regulator>{};
		return found.error();
	}

	// SAFETY, of all below: the device has the supply until it is unbound.

	/// For C functions
	[[nodiscard]] ::regulator *raw() const noexcept { return raw_; }

	/// Turns the supply on. Errors: as of its regulator. Context: may sleep.
	Result<Enabled> enable() const KCXX_MAY_SLEEP
	{
		KTRY(to_result(bindings::kcxx_regulator_enable(raw_)));
		return Enabled{raw_};
	}

	/// The voltage in microvolts. Errors: as of its regulator. Context: may sleep.
	[[nodiscard]] Result<int> voltage() const KCXX_MAY_SLEEP
	{
		return from_c(bindings::kcxx_regulator_get_voltage(raw_));
	}

	/// Sets a voltage that is in this range, in microvolts, and fits all users of the supply.
	///
	/// Errors: EINVAL if there is none; EPERM if the board forbids it. Context: may sleep.
	Result<> set_voltage(int least, int most) const KCXX_MAY_SLEEP
	{
		return to_result(bindings::kcxx_regulator_set_voltage(raw_, least, most));
	}

	/// True if a voltage is possible in this range. Context: may sleep.
	[[nodiscard]] bool supports_voltage(int least, int most) const KCXX_MAY_SLEEP
	{
		return bindings::kcxx_regulator_is_supported_voltage(raw_, least, most) > 0;
	}

	/// How many steps voltage_of() knows. Errors: EINVAL if it has none. Context: may sleep.
	[[nodiscard]] Result<unsigned int> count_voltages() const KCXX_MAY_SLEEP
	{
		const int count = KTRY(from_c(bindings::kcxx_regulator_count_voltages(raw_)));
		return {std::in_place, static_cast<unsigned int>(count)};
	}

	/// The voltage of a step, in microvolts; 0 if the board forbids it. C:
	/// regulator_list_voltage(). Errors: EINVAL if there is no such step. Context: may sleep.
	[[nodiscard]] Result<int> voltage_of(unsigned int step) const KCXX_MAY_SLEEP
	{
		return from_c(bindings::kcxx_regulator_list_voltage(raw_, step));
	}

	/// The limit of the current, in microamperes. Errors: EINVAL if it has none. Context: may
	/// sleep.
	[[nodiscard]] Result<int> current_limit() const KCXX_MAY_SLEEP
	{
		return from_c(bindings::kcxx_regulator_get_current_limit(raw_));
	}

	/// Sets a limit of the current that is in this range, in microamperes.
	///
	/// Errors: EINVAL if there is none; EPERM if the board forbids it. Context: may sleep.
	Result<> set_current_limit(int least, int most) const KCXX_MAY_SLEEP
	{
		return to_result(bindings::kcxx_regulator_set_current_limit(raw_, least, most));
	}

	/// How it works now. Errors: EINVAL if it has no modes, or an unknown one. Context: may
	/// sleep.
	[[nodiscard]] Result<RegulatorMode> mode() const KCXX_MAY_SLEEP
	{
		const auto mode =
			static_cast<RegulatorMode>(bindings::kcxx_regulator_get_mode(raw_));
		switch (mode) {
		case RegulatorMode::fast:
		case RegulatorMode::normal:
		case RegulatorMode::idle:
		case RegulatorMode::standby:
			return {std::in_place, mode};
		}
		return EINVAL;
	}

	/// Lets it work in another way, for all users. Errors: EINVAL if it has no modes; EPERM if
	/// the board forbids it. Context: may sleep.
	Result<> set_mode(RegulatorMode mode) const KCXX_MAY_SLEEP
	{
		return to_result(
			bindings::kcxx_regulator_set_mode(raw_, static_cast<unsigned int>(mode)));
	}

private:
	explicit Regulator(::regulator *raw) noexcept : raw_{raw} {}

	::regulator *raw_;
};

} // namespace kernel
