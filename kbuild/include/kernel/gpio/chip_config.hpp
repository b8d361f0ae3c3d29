// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The electrical settings of a chip's lines, for C. C API: set_config of struct gpio_chip,
/// <linux/pinctrl/pinconf-generic.h>.

#pragma once

#include <concepts>

#include <generated/bindings/gpio/chip_config.hpp>
#include <kernel/error.hpp>
#include <kernel/gpio/chip_lines.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/time/ktime.hpp>
#include <kernel/types/has_member.hpp>

struct gpio_chip;

namespace kernel::gpio
{

/// The level of a line that nothing drives. C: PIN_CONFIG_BIAS_…
enum class Bias : unsigned char {
	none,      ///< it floats
	pull_up,   ///< high
	pull_down, ///< low
};

/// How an output is driven. C: PIN_CONFIG_DRIVE_…
enum class Drive : unsigned char {
	push_pull,   ///< high and low
	open_drain,  ///< low alone
	open_source, ///< high alone
};

} // namespace kernel::gpio

namespace kernel::detail
{

KCXX_HAS_MEMBER(set_bias);
KCXX_HAS_MEMBER(set_drive);
KCXX_HAS_MEMBER(set_debounce);

/// True if the settings of T fit. They sleep if the other functions of the lines do.
template <typename T>
inline constexpr bool gpio_config_fits =
	(!Has_set_bias<T> || requires(T &chip, gpio::Bias bias) {
		{ chip.set_bias(0U, bias) } -> std::same_as<Result<>>;
		requires !gpio_never_sleeps<T> || noexcept(chip.set_bias(0U, bias));
	}) && (!Has_set_drive<T> || requires(T &chip, gpio::Drive drive) {
		{ chip.set_drive(0U, drive) } -> std::same_as<Result<>>;
		requires !gpio_never_sleeps<T> || noexcept(chip.set_drive(0U, drive));
	}) && (!Has_set_debounce<T> || requires(T &chip, Nanoseconds time) {
		{ chip.set_debounce(0U, time) } -> std::same_as<Result<>>;
		requires !gpio_never_sleeps<T> || noexcept(chip.set_debounce(0U, time));
	});

/// C's function for the settings of the chip T
template <typename T>
class GpioConfigOperations
{
public:
	/// Sets the function, if the class has a setting.
	template <typename Chip>
	static void fill(Chip &chip)
	{
		if constexpr (Has_set_bias<T> || Has_set_drive<T> || Has_set_debounce<T>)
			chip.set_config = &set_config;
	}

private:
	/// For Clang: a function that is declared KCXX_MUST_NOT_SLEEP may follow.
	static void in_context_of_lines() KCXX_ASSERT_CAPABILITY(asserted_context.no_sleep) {}

	/// C falls back to what a chip without settings does, if the chip has not this one.
	static int set_config(::gpio_chip *raw, unsigned int line, unsigned long config)
	{
		// SAFETY, of both: the value is C's.
		const unsigned int setting = bindings::kcxx_gpio_setting(config);
		in_context_of_lines();
		const Result<> done = set(gpio_object_of<T>(raw), line, setting,
					  bindings::kcxx_gpio_setting_value(config));
		if (!done && done.error() == EOPNOTSUPP)
			return -KCXX_ENOTSUPP;
		return to_c(done);
	}

	static Result<> set([[maybe_unused]] T &chip, [[maybe_unused]] unsigned int line,
			    unsigned int setting, [[maybe_unused]] unsigned int value)
	{
		if constexpr (Has_set_bias<T>) {
			if (setting == KCXX_GPIO_SETTING_BIAS_NONE)
				return chip.set_bias(line, gpio::Bias::none);
			if (setting == KCXX_GPIO_SETTING_PULL_UP)
				return chip.set_bias(line, gpio::Bias::pull_up);
			if (setting == KCXX_GPIO_SETTING_PULL_DOWN)
				return chip.set_bias(line, gpio::Bias::pull_down);
		}
		if constexpr (Has_set_drive<T>) {
			if (setting == KCXX_GPIO_SETTING_PUSH_PULL)
				return chip.set_drive(line, gpio::Drive::push_pull);
			if (setting == KCXX_GPIO_SETTING_OPEN_DRAIN)
				return chip.set_drive(line, gpio::Drive::open_drain);
			if (setting == KCXX_GPIO_SETTING_OPEN_SOURCE)
				return chip.set_drive(line, gpio::Drive::open_source);
		}
		if constexpr (Has_set_debounce<T>)
			if (setting == KCXX_GPIO_SETTING_DEBOUNCE)
				return chip.set_debounce(line, Nanoseconds{value * 1000LL});
		return EOPNOTSUPP;
	}
};

} // namespace kernel::detail
