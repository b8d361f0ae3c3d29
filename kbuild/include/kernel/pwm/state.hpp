// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The signal of a PWM. C API: struct pwm_state of <linux/pwm.h>.

#pragma once

#include <generated/bindings/pwm/state.hpp>
#include <kernel/module/modinfo.hpp>
#include <kernel/time/ktime.hpp>

namespace kernel::pwm
{

/// A signal: pulses of the length `duty`, one each `period`. C: struct pwm_state
struct State {
	Nanoseconds period{};  ///< from one pulse to the next
	Nanoseconds duty{};    ///< not longer than the period
	bool inverted = false; ///< the pulse is low, and the rest high
	bool enabled = false;  ///< there is a signal

	/// True for the same signal
	friend constexpr bool operator==(const State &, const State &) noexcept = default;
};

} // namespace kernel::pwm

namespace kernel::detail
{

[[nodiscard]] inline pwm::State pwm_state(const ::pwm_state &raw)
{
	return {.period = Nanoseconds{static_cast<long long>(raw.period)},
		.duty = Nanoseconds{static_cast<long long>(raw.duty_cycle)},
		.inverted = static_cast<unsigned int>(raw.polarity) == KCXX_PWM_POLARITY_INVERSED,
		.enabled = raw.enabled};
}

inline void write_pwm_state(::pwm_state &raw, const pwm::State &state)
{
	raw.period = static_cast<unsigned long long>(state.period.count());
	raw.duty_cycle = static_cast<unsigned long long>(state.duty.count());
	raw.polarity = static_cast<::pwm_polarity>(state.inverted ? KCXX_PWM_POLARITY_INVERSED
								  : KCXX_PWM_POLARITY_NORMAL);
	raw.enabled = state.enabled;
}

} // namespace kernel::detail

/// \cond
// The kernel exports the functions of PWMs in a namespace of symbols.
MODULE_IMPORT_NS(PWM);
/// \endcond
