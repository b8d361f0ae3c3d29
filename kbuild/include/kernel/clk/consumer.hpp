// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Clocks that a device runs by. C API: <linux/clk.h>.
///
///     class Pump {
///             static Result<Pump> probe(platform::BoundDevice &device)
///             {
///                     const Clk bus = KTRY(Clk::get(device, "bus"));
///                     return {std::in_place, bus, KTRY(bus.enable())};
///             }
///             Clk::Enabled running_; // the clock runs until this ends
///     };

#pragma once

#include <utility>

#include <generated/bindings/clk/consumer.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/resource_use.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>

struct clk;

namespace kernel
{

class Clk;

namespace detail
{

struct ClkEnabled {
	using Resource = Clk;
	using Raw = ::clk *;
	static void end(Raw raw) KCXX_MAY_SLEEP
	{
		// SAFETY: the clock was enabled once for this use; null is ignored.
		bindings::kcxx_clk_disable_unprepare(raw);
	}
};

struct ClkRateKept {
	using Resource = Clk;
	using Raw = ::clk *;
	static void end(Raw raw) KCXX_MAY_SLEEP
	{
		// SAFETY: the rate was kept once for this use; null is ignored.
		bindings::clk_rate_exclusive_put(raw);
	}
};

} // namespace detail

/// A clock of a device, until the device is unbound. Copies are of the same clock. The names of
/// clocks are those of the device tree's clock-names.
class Clk
{
public:
	/// The time in which a clock runs: from Clk::enable() until this ends. A clock that several
	/// have enabled runs until the last one ends.
	using Enabled = ResourceUse<detail::ClkEnabled>;

	/// The time in which no other user changes the rate of a clock: from Clk::keep_rate() until
	/// this ends
	using RateKept = ResourceUse<detail::ClkRateKept>;

	/// The clock `name` of the device; of a device with one clock alone, null.
	///
	/// Errors: ENOENT if the device has none; EPROBE_DEFER if it is not there yet. Context: may
	/// sleep.
	[[nodiscard]] static Result<Clk> get(BoundDevice &device,
					     const char *name = nullptr) KCXX_MAY_SLEEP
	{
		return find(device, name, false);
	}

	/// The same; if the device has no such clock, one that does nothing: it is enabled without
	/// an error, and its rate is 0.
	[[nodiscard]] static Result<Clk> get_optional(BoundDevice &device,
						      const char *name = nullptr) KCXX_MAY_SLEEP
	{
		return find(device, name, true);
	}

	// SAFETY, of all below: the device has the clock until it is unbound; null is a clock that
	// does nothing.

	/// True if the device has the clock: get_optional() returns others, too
	[[nodiscard]] explicit operator bool() const noexcept { return raw_ != nullptr; }
	/// For C functions
	[[nodiscard]] ::clk *raw() const noexcept { return raw_; }

	/// Lets the clock run. Errors: as of its provider. Context: may sleep.
	Result<Enabled> enable() const KCXX_MAY_SLEEP
	{
		KTRY(to_result(bindings::kcxx_clk_prepare_enable(raw_)));
		return Enabled{raw_};
	}

	/// The rate in Hz; 0 if it is unknown. Context: may sleep.
	[[nodiscard]] unsigned long rate() const KCXX_MAY_SLEEP
	{
		return bindings::clk_get_rate(raw_);
	}

	/// Sets the rate to that of the clock's rates which is next to `hertz`.
	///
	/// Errors: EBUSY, EINVAL, as of the provider. Context: may sleep.
	Result<> set_rate(unsigned long hertz) const KCXX_MAY_SLEEP
	{
		return to_result(bindings::clk_set_rate(raw_, hertz));
	}

	/// Keeps the rate as it is: set_rate() of others fails with EBUSY meanwhile. C:
	/// clk_rate_exclusive_get(). Errors: as of the provider. Context: may sleep.
	Result<RateKept> keep_rate() const KCXX_MAY_SLEEP
	{
		KTRY(to_result(bindings::clk_rate_exclusive_get(raw_)));
		return RateKept{raw_};
	}

	/// The rate that set_rate(hertz) would set. Errors: as of set_rate(). Context: may sleep.
	[[nodiscard]] Result<unsigned long> round_rate(unsigned long hertz) const KCXX_MAY_SLEEP
	{
		const long rate = KTRY(from_c(bindings::clk_round_rate(raw_, hertz)));
		return {std::in_place, static_cast<unsigned long>(rate)};
	}

	/// Keeps the rate between these, for this user of the clock: set_rate() of others does not
	/// leave the ranges of all users. If the rate lies outside, it changes. C:
	/// clk_set_rate_range(). Errors: EINVAL if the range is empty; as of set_rate(). Context:
	/// may sleep.
	Result<> set_rate_range(unsigned long least, unsigned long most) const KCXX_MAY_SLEEP
	{
		return to_result(bindings::kcxx_clk_set_rate_range(raw_, least, most));
	}

	/// The clock runs from `parent` on. Errors: EINVAL if it cannot; as of the provider.
	/// Context: may sleep.
	Result<> set_parent(const Clk &parent) const KCXX_MAY_SLEEP
	{
		return to_result(bindings::kcxx_clk_set_parent(raw_, parent.raw_));
	}

	/// True if this clock runs from `parent`. Context: may sleep.
	[[nodiscard]] bool has_parent(const Clk &parent) const KCXX_MAY_SLEEP
	{
		return bindings::kcxx_clk_runs_from(raw_, parent.raw_);
	}

	/// The part of each period in which the signal is high becomes `numerator / denominator`.
	/// C: clk_set_duty_cycle(). Errors: EINVAL if it is not from 0 to 1, or the clock has
	/// another one alone; as of the provider. Context: may sleep.
	Result<> set_duty_cycle(unsigned int numerator,
				unsigned int denominator) const KCXX_MAY_SLEEP
	{
		return to_result(bindings::kcxx_clk_set_duty_cycle(raw_, numerator, denominator));
	}

	/// The part of each period in which the signal is high, times `scale`: of a scale of 100 it
	/// is a percentage. C: clk_get_scaled_duty_cycle(). Errors: as of the provider. Context:
	/// may sleep.
	[[nodiscard]] Result<unsigned int> duty_cycle(unsigned int scale) const KCXX_MAY_SLEEP
	{
		const int part =
			KTRY(from_c(bindings::kcxx_clk_get_scaled_duty_cycle(raw_, scale)));
		return {std::in_place, static_cast<unsigned int>(part)};
	}

private:
	explicit Clk(::clk *raw) noexcept : raw_{raw} {}

	static Result<Clk> find(BoundDevice &device, const char *name, bool optional)
	{
		// SAFETY: the device is bound to this driver.
		return Clk{KTRY(
			Error::from_pointer(bindings::kcxx_devm_clk_get(device, name, optional)))};
	}

	::clk *raw_;
};

} // namespace kernel
