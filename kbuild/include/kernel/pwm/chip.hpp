// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Chips with PWMs: drivers for them. C API: struct pwm_ops of <linux/pwm.h>.
///
///     class Fans {
///     public:
///             static constexpr unsigned int channels = 2;
///             Result<> apply(unsigned int channel, const pwm::State &state);
///             Result<pwm::State> state(unsigned int channel) const; // may be missing
///
///             Result<> start(platform::BoundDevice &device)
///             {
///                     return pwm::add(device, *this);
///             }
///     };
///
/// The kernel calls apply() of a channel once at a time, and of several channels at once. An
/// apply() that is declared KCXX_MUST_NOT_SLEEP lets users apply states where nothing may sleep, in
/// kernels that have this (6.7 and newer). Context otherwise: process context; may sleep. Errors:
/// the users of a channel get them.

#pragma once

#include <concepts>
#include <type_traits>

#include <generated/bindings/pwm/chip.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/pwm/state.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/has_member.hpp>

struct pwm_chip;

namespace kernel::detail
{

KCXX_HAS_MEMBER(state);

template <typename T>
concept PwmCounts = requires { static_cast<unsigned int>(T::channels); };
template <typename T>
concept PwmApplies = requires(T &chip, unsigned int channel, const pwm::State &state) {
	{ chip.apply(channel, state) } -> std::same_as<Result<>>;
};
template <typename T>
concept PwmAppliesAtOnce = requires(T &chip, unsigned int channel, const pwm::State &state) {
	{ chip.apply(channel, state) } noexcept;
};
template <typename T>
inline constexpr bool pwm_is_read = !Has_state<T> || requires(const T &chip, unsigned int channel) {
	{ chip.state(channel) } -> std::same_as<Result<pwm::State>>;
};

/// C's operations of a chip of the class T
template <typename T>
class PwmOperations
{
	using Raw = ::pwm_chip;
	using Channel = ::pwm_device;
	using State = ::pwm_state;

public:
	[[nodiscard]] static const ::pwm_ops *table() noexcept { return &table_; }

	/// Sets what a kernel may know of the chip.
	template <typename Chip>
	static void describe(Chip &chip)
	{
		if constexpr (requires { chip.atomic; })
			chip.atomic = PwmAppliesAtOnce<T>;
	}

private:
	static T &chip_of(Raw *raw)
	{
		// SAFETY: add() has set the driver.
		return *static_cast<T *>(*bindings::kcxx_pwmchip_driver(raw));
	}

	static int apply(Raw *raw, Channel *channel, const State *state)
	{
		if constexpr (PwmAppliesAtOnce<T>)
			in_atomic_context();
		return to_c(chip_of(raw).apply(channel->hwpwm, pwm_state(*state)));
	}

	static int get_state(Raw *raw, Channel *channel, State *to)
	{
		if constexpr (Has_state<T> && pwm_is_read<T>) {
			const Result<pwm::State> state = chip_of(raw).state(channel->hwpwm);
			if (!state)
				return state.error().to_errno();
			write_pwm_state(*to, *state);
		}
		return 0;
	}

	template <typename Table>
	static consteval Table made()
	{
		Table table{};
		table.apply = &apply;
		if constexpr (Has_state<T>)
			table.get_state = &get_state;
		if constexpr (requires { table.owner; })
			table.owner = &bindings::__this_module;
		return table;
	}

	static const ::pwm_ops table_;
};

template <typename T>
constinit const ::pwm_ops PwmOperations<T>::table_ = PwmOperations<T>::template made<::pwm_ops>();

} // namespace kernel::detail

namespace kernel::pwm
{

/// Registers the PWMs of `chip`, for start() of the driver: they end when the device is unbound,
/// before the driver's object. A driver that uses one keeps the module loaded.
///
/// Errors: ENOMEM. Context: may sleep.
template <typename T>
Result<> add(BoundDevice &device, T &chip) KCXX_MAY_SLEEP
{
	static_assert(detail::PwmCounts<T>, "kcxx-E1441: the class has no PWMs: write in it static "
					    "constexpr unsigned int channels = "
					    "2;");
	static_assert(detail::PwmApplies<T>, "kcxx-E1442: the class sets no PWM: write in it "
					     "kernel::Result<> apply(unsigned int "
					     "channel, const kernel::pwm::State &state);");
	static_assert(detail::pwm_is_read<T>, "kcxx-E1443: state() is not the one of a chip: write "
					      "kernel::Result<kernel::pwm::State> "
					      "state(unsigned int channel) const;");
	using Operations = detail::PwmOperations<T>;
	// SAFETY, of all below: the chip is this function's, or it ends when the device is unbound.
	::pwm_chip *made =
		KTRY(Error::from_pointer(bindings::kcxx_pwmchip_alloc(device, T::channels)));
	made->ops = Operations::table();
	Operations::describe(*made);
	*bindings::kcxx_pwmchip_driver(made) = &chip;
	if (const Result<> added =
		    to_result(bindings::kcxx_pwmchip_add(made, &bindings::__this_module));
	    !added) {
		bindings::kcxx_pwmchip_put(made);
		return added;
	}
	return device.at_unbind(
		[](void *data) {
			auto *ended = static_cast<::pwm_chip *>(data);
			bindings::pwmchip_remove(ended);
			bindings::kcxx_pwmchip_put(ended);
		},
		made);
}

} // namespace kernel::pwm
