// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Sensors: temperatures, voltages, fans. C API: <linux/hwmon.h>,
/// Documentation/hwmon/sysfs-interface.rst.
///
///     class Lm75 {
///     public:
///             Result<long> read(hwmon::TempInput, int channel) const;
///             Result<long> read(hwmon::TempMax, int channel) const;
///             Result<> write(hwmon::TempMax, int channel, long value);
///
///             Result<> start(i2c::BoundClient &client)
///             {
///                     return hwmon::add(client, "lm75", *this);
///             }
///     };
///
/// Each overload of read() is a file that users read, such as temp1_input; with an overload of
/// write() beside it they write it as well. `channel` counts from 0. A class with more than one
/// sensor of a kind has `static constexpr unsigned int channels = 4;`. Several tasks may call the
/// functions at once. Context: may sleep. Errors: user space gets them.

#pragma once

#include <array>
#include <concepts>
#include <cstddef>

#include <generated/kcxx-bindings.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

namespace detail
{

/// A file of a sensor: the kind of the sensor, and the kernel's number of the file
template <unsigned int Kind, unsigned int Number>
struct HwmonAttribute {
	static constexpr unsigned int kind = Kind;
	static constexpr unsigned int number = Number;
};

} // namespace detail

namespace hwmon
{

/// a temperature, in thousandths of a degree Celsius: temp1_input
struct TempInput : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_INPUT> {
};
/// its lower limit: temp1_min
struct TempMin : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_MIN> {
};
/// its upper limit: temp1_max
struct TempMax : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_MAX> {
};
/// where the upper limit is left again: temp1_max_hyst
struct TempMaxHyst : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_MAX_HYST> {
};
/// its critical limit: temp1_crit
struct TempCrit : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_CRIT> {
};
/// 1 if a limit is passed: temp1_alarm
struct TempAlarm : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_ALARM> {
};
/// a voltage, in millivolts: in0_input
struct InInput : detail::HwmonAttribute<KCXX_HWMON_IN, KCXX_HWMON_IN_INPUT> {
};
/// its lower limit: in0_min
struct InMin : detail::HwmonAttribute<KCXX_HWMON_IN, KCXX_HWMON_IN_MIN> {
};
/// its upper limit: in0_max
struct InMax : detail::HwmonAttribute<KCXX_HWMON_IN, KCXX_HWMON_IN_MAX> {
};
/// a current, in milliamperes: curr1_input
struct CurrInput : detail::HwmonAttribute<KCXX_HWMON_CURR, KCXX_HWMON_CURR_INPUT> {
};
/// its upper limit: curr1_max
struct CurrMax : detail::HwmonAttribute<KCXX_HWMON_CURR, KCXX_HWMON_CURR_MAX> {
};
/// a power, in microwatts: power1_input
struct PowerInput : detail::HwmonAttribute<KCXX_HWMON_POWER, KCXX_HWMON_POWER_INPUT> {
};
/// a relative humidity, in thousandths of a percent: humidity1_input
struct HumidityInput : detail::HwmonAttribute<KCXX_HWMON_HUMIDITY, KCXX_HWMON_HUMIDITY_INPUT> {
};
/// the revolutions of a fan per minute: fan1_input
struct FanInput : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_INPUT> {
};
/// its lower limit: fan1_min
struct FanMin : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_MIN> {
};
/// the revolutions that are wanted: fan1_target
struct FanTarget : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_TARGET> {
};
/// the power of a fan, 0 to 255: pwm1
struct PwmInput : detail::HwmonAttribute<KCXX_HWMON_PWM, KCXX_HWMON_PWM_INPUT> {
};
/// how it is controlled: pwm1_enable
struct PwmEnable : detail::HwmonAttribute<KCXX_HWMON_PWM, KCXX_HWMON_PWM_ENABLE> {
};

} // namespace hwmon

namespace detail
{

template <typename T, typename Attribute>
concept HwmonReads = requires(const T &object, int channel) {
	{ object.read(Attribute{}, channel) } -> std::same_as<Result<long>>;
};

template <typename T, typename Attribute>
concept HwmonWrites = requires(T &object, int channel, long value) {
	{ object.write(Attribute{}, channel, value) } -> std::same_as<Result<>>;
};

/// C's tables for the class T, and the functions that the kernel calls
template <typename T, typename... Attributes>
class HwmonTable
{
public:
	static constexpr bool has_files = (HwmonReads<T, Attributes> || ...);

	[[nodiscard]] static const ::hwmon_chip_info *chip() noexcept { return &chip_; }

private:
	static constexpr std::size_t kinds = 7;
	static constexpr std::array<unsigned int, kinds> kind_at{
		KCXX_HWMON_TEMP,     KCXX_HWMON_IN,  KCXX_HWMON_CURR, KCXX_HWMON_POWER,
		KCXX_HWMON_HUMIDITY, KCXX_HWMON_FAN, KCXX_HWMON_PWM};

	static consteval std::size_t channels()
	{
		if constexpr (requires { T::channels; })
			return T::channels;
		else
			return 1;
	}
	using Config = std::array<unsigned int, channels() + 1>; // a zero ends it

	/// The bits of the files of a kind
	static consteval unsigned int files_of(unsigned int kind)
	{
		unsigned int bits = 0;
		((bits |= HwmonReads<T, Attributes> && Attributes::kind == kind
				  ? 1U << Attributes::number
				  : 0U),
		 ...);
		return bits;
	}

	static unsigned short visible(const void * /*object*/, ::hwmon_sensor_types kind,
				      unsigned int number, int /*channel*/)
	{
		unsigned short mode = 0;
		((mode = is<Attributes>(kind, number) && HwmonReads<T, Attributes>
				 ? (HwmonWrites<T, Attributes> ? 0644 : 0444)
				 : mode),
		 ...);
		return mode;
	}

	template <typename Attribute>
	static bool is(::hwmon_sensor_types kind, unsigned int number)
	{
		return Attribute::kind == static_cast<unsigned int>(kind) &&
		       Attribute::number == number;
	}

	/// The object that add() got
	static T &object_at(::device *device)
	{
		// SAFETY: the device of the sensors is there as long as it has its object.
		return *static_cast<T *>(bindings::kcxx_dev_get_drvdata(device));
	}

	static int read(::device *device, ::hwmon_sensor_types kind, unsigned int number,
			int channel, long *value)
	{
		Result<long> read = EOPNOTSUPP;
		((is<Attributes>(kind, number) &&
		  try_read<Attributes>(object_at(device), channel, read)) ||
		 ...);
		if (!read)
			return read.error().to_errno();
		*value = *read;
		return 0;
	}

	template <typename Attribute>
	static bool try_read(const T &object, int channel, Result<long> &read)
	{
		if constexpr (HwmonReads<T, Attribute>)
			read = object.read(Attribute{}, channel);
		return true;
	}

	static int write(::device *device, ::hwmon_sensor_types kind, unsigned int number,
			 int channel, long value)
	{
		Result<> written = EOPNOTSUPP;
		((is<Attributes>(kind, number) &&
		  try_write<Attributes>(object_at(device), channel, value, written)) ||
		 ...);
		return to_c(written);
	}

	template <typename Attribute>
	static bool try_write(T &object, int channel, long value, Result<> &written)
	{
		if constexpr (HwmonWrites<T, Attribute>)
			written = object.write(Attribute{}, channel, value);
		return true;
	}

	static consteval std::array<Config, kinds> made_configs()
	{
		std::array<Config, kinds> made{};
		for (std::size_t kind = 0; kind < kinds; ++kind)
			for (std::size_t channel = 0; channel < channels(); ++channel)
				made[kind][channel] = files_of(kind_at[kind]);
		return made;
	}
	static constexpr std::array<Config, kinds> configs_ = made_configs();

	static consteval std::array<::hwmon_channel_info, kinds> made_infos()
	{
		std::array<::hwmon_channel_info, kinds> made{};
		for (std::size_t kind = 0; kind < kinds; ++kind) {
			made[kind].type = static_cast<::hwmon_sensor_types>(kind_at[kind]);
			made[kind].config = configs_[kind].data();
		}
		return made;
	}
	static constexpr std::array<::hwmon_channel_info, kinds> infos_ = made_infos();

	/// The kinds that have a file, and null at the end
	static consteval std::array<const ::hwmon_channel_info *, kinds + 1> made_list()
	{
		std::array<const ::hwmon_channel_info *, kinds + 1> made{};
		std::size_t count = 0;
		for (std::size_t kind = 0; kind < kinds; ++kind)
			if (files_of(kind_at[kind]) != 0)
				made[count++] = &infos_[kind];
		return made;
	}
	static constexpr std::array<const ::hwmon_channel_info *, kinds + 1> list_ = made_list();

	static consteval ::hwmon_ops made_operations()
	{
		::hwmon_ops made{};
		made.is_visible = &visible;
		made.read = &read;
		made.write = &write;
		return made;
	}
	static const ::hwmon_ops operations_;

	static consteval ::hwmon_chip_info made_chip()
	{
		::hwmon_chip_info made{};
		made.ops = &operations_;
		made.info = const_cast<decltype(made.info)>(list_.data());
		return made;
	}
	static const ::hwmon_chip_info chip_;
};

template <typename T, typename... Attributes>
constinit const ::hwmon_ops HwmonTable<T, Attributes...>::operations_ =
	HwmonTable<T, Attributes...>::made_operations();
template <typename T, typename... Attributes>
constinit const ::hwmon_chip_info HwmonTable<T, Attributes...>::chip_ =
	HwmonTable<T, Attributes...>::made_chip();

template <typename T>
using HwmonTableOf =
	HwmonTable<T, hwmon::TempInput, hwmon::TempMin, hwmon::TempMax, hwmon::TempMaxHyst,
		   hwmon::TempCrit, hwmon::TempAlarm, hwmon::InInput, hwmon::InMin, hwmon::InMax,
		   hwmon::CurrInput, hwmon::CurrMax, hwmon::PowerInput, hwmon::HumidityInput,
		   hwmon::FanInput, hwmon::FanMin, hwmon::FanTarget, hwmon::PwmInput,
		   hwmon::PwmEnable>;

} // namespace detail

namespace hwmon
{

/// Registers the sensors of `object`, for start() of the driver: they end when the device is
/// unbound, before the driver's object. `name` is what sensors(1) shows: no '-', no blank.
///
/// Errors: EINVAL if the name is not allowed; ENOMEM. Context: may sleep.
template <typename T>
Result<> add(BoundDevice &device, const char *name, T &object) KCXX_MAY_SLEEP
{
	using Table = detail::HwmonTableOf<T>;
	static_assert(Table::has_files, "kcxx-E1384: the class has no sensor: write in it "
					"Result<long> read(hwmon::TempInput, int "
					"channel) const;");
	// SAFETY: the tables are static, and the object lives until the device is unbound.
	::device *sensors = KTRY(Error::from_pointer(bindings::hwmon_device_register_with_info(
		device, name, &object, Table::chip(), nullptr)));
	return device.at_unbind(
		[](void *data) {
			bindings::hwmon_device_unregister(static_cast<::device *>(data));
		},
		sensors);
}

} // namespace hwmon
} // namespace kernel
