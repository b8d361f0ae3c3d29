// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Sensors: temperatures, voltages, fans. C API: <linux/hwmon.h>,
/// Documentation/hwmon/sysfs-interface.rst.
///
///     class Lm75 {
///     public:
///             static constexpr hwmon::Channels channels{.temp = 2}; // may be missing
///             Result<long> read(hwmon::TempInput, int channel) const;
///             Result<long> read(hwmon::TempMax, int channel) const;
///             Result<> write(hwmon::TempMax, int channel, long value);
///             Result<const char *> read(hwmon::TempLabel, int channel) const;
///             Result<long> read(hwmon::UpdateInterval) const; // of the chip: no channel
///             bool has(hwmon::TempMax, int channel) const;    // may be missing
///
///             Result<> start(i2c::BoundClient &client)
///             {
///                     return hwmon::add(client, "lm75", *this);
///             }
///     };
///
/// Each overload of read() is a file that users read, such as temp1_input; with an overload of
/// write() beside it they write it as well. A file for which has() returns false is not there:
/// add() asks once. `channel` counts from 0. Each kind has one channel, or as many as `channels`
/// tells; `static constexpr unsigned int channels = 4;` is for all kinds. Several tasks may call
/// the functions at once. Context: may sleep. Errors: user space gets them.

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include <generated/bindings/hwmon.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/has_member.hpp>

namespace kernel
{

namespace detail
{

/// A file of a sensor: the kind of the sensor, the kernel's number of the file, and what is read
template <unsigned int Kind, unsigned int Number, typename Read = long>
struct HwmonAttribute {
	static constexpr unsigned int kind = Kind;
	static constexpr unsigned int number = Number;
	static constexpr bool of_chip = Kind == KCXX_HWMON_CHIP;
	using Value = Read;
};

template <unsigned int Kind, unsigned int Number>
using HwmonLabel = HwmonAttribute<Kind, Number, const char *>;

} // namespace detail

namespace hwmon
{

/// How many channels each kind of sensor has, as `channels` of a class
struct Channels {
	unsigned int temp = 1;      ///< of temperatures
	unsigned int in = 1;        ///< of voltages
	unsigned int curr = 1;      ///< of currents
	unsigned int power = 1;     ///< of powers
	unsigned int energy = 1;    ///< of energies
	unsigned int humidity = 1;  ///< of humidities
	unsigned int fan = 1;       ///< of fans
	unsigned int pwm = 1;       ///< of controls of fans
	unsigned int intrusion = 1; ///< of detectors of an opened case
};

/// how often the chip measures, in milliseconds: update_interval
struct UpdateInterval : detail::HwmonAttribute<KCXX_HWMON_CHIP, KCXX_HWMON_CHIP_UPDATE_INTERVAL> {
};
/// the alarms of the chip, a bit for each: alarms
struct Alarms : detail::HwmonAttribute<KCXX_HWMON_CHIP, KCXX_HWMON_CHIP_ALARMS> {
};
/// a temperature, in thousandths of a degree Celsius: temp1_input
struct TempInput : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_INPUT> {
};
/// its lower limit: temp1_min
struct TempMin : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_MIN> {
};
/// where the lower limit is left again: temp1_min_hyst
struct TempMinHyst : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_MIN_HYST> {
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
/// where the critical limit is left again: temp1_crit_hyst
struct TempCritHyst : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_CRIT_HYST> {
};
/// its critical lower limit: temp1_lcrit
struct TempLcrit : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_LCRIT> {
};
/// the limit above the critical one: temp1_emergency
struct TempEmergency : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_EMERGENCY> {
};
/// what is added to the temperature: temp1_offset
struct TempOffset : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_OFFSET> {
};
/// the type of the sensor, by the kernel's numbers: temp1_type
struct TempType : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_TYPE> {
};
/// 1 if a limit is passed: temp1_alarm
struct TempAlarm : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_ALARM> {
};
/// 1 if the lower limit is passed: temp1_min_alarm
struct TempMinAlarm : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_MIN_ALARM> {
};
/// 1 if the upper limit is passed: temp1_max_alarm
struct TempMaxAlarm : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_MAX_ALARM> {
};
/// 1 if the critical limit is passed: temp1_crit_alarm
struct TempCritAlarm : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_CRIT_ALARM> {
};
/// 1 if the sensor is broken or missing: temp1_fault
struct TempFault : detail::HwmonAttribute<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_FAULT> {
};
/// what is measured, a text: temp1_label
struct TempLabel : detail::HwmonLabel<KCXX_HWMON_TEMP, KCXX_HWMON_TEMP_LABEL> {
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
/// its critical upper limit: in0_crit
struct InCrit : detail::HwmonAttribute<KCXX_HWMON_IN, KCXX_HWMON_IN_CRIT> {
};
/// its critical lower limit: in0_lcrit
struct InLcrit : detail::HwmonAttribute<KCXX_HWMON_IN, KCXX_HWMON_IN_LCRIT> {
};
/// 1 if a limit is passed: in0_alarm
struct InAlarm : detail::HwmonAttribute<KCXX_HWMON_IN, KCXX_HWMON_IN_ALARM> {
};
/// 1 if the lower limit is passed: in0_min_alarm
struct InMinAlarm : detail::HwmonAttribute<KCXX_HWMON_IN, KCXX_HWMON_IN_MIN_ALARM> {
};
/// 1 if the upper limit is passed: in0_max_alarm
struct InMaxAlarm : detail::HwmonAttribute<KCXX_HWMON_IN, KCXX_HWMON_IN_MAX_ALARM> {
};
/// 1 if the critical upper limit is passed: in0_crit_alarm
struct InCritAlarm : detail::HwmonAttribute<KCXX_HWMON_IN, KCXX_HWMON_IN_CRIT_ALARM> {
};
/// 1 if the critical lower limit is passed: in0_lcrit_alarm
struct InLcritAlarm : detail::HwmonAttribute<KCXX_HWMON_IN, KCXX_HWMON_IN_LCRIT_ALARM> {
};
/// what is measured, a text: in0_label
struct InLabel : detail::HwmonLabel<KCXX_HWMON_IN, KCXX_HWMON_IN_LABEL> {
};
/// a current, in milliamperes: curr1_input
struct CurrInput : detail::HwmonAttribute<KCXX_HWMON_CURR, KCXX_HWMON_CURR_INPUT> {
};
/// its lower limit: curr1_min
struct CurrMin : detail::HwmonAttribute<KCXX_HWMON_CURR, KCXX_HWMON_CURR_MIN> {
};
/// its upper limit: curr1_max
struct CurrMax : detail::HwmonAttribute<KCXX_HWMON_CURR, KCXX_HWMON_CURR_MAX> {
};
/// its critical limit: curr1_crit
struct CurrCrit : detail::HwmonAttribute<KCXX_HWMON_CURR, KCXX_HWMON_CURR_CRIT> {
};
/// 1 if a limit is passed: curr1_alarm
struct CurrAlarm : detail::HwmonAttribute<KCXX_HWMON_CURR, KCXX_HWMON_CURR_ALARM> {
};
/// 1 if the lower limit is passed: curr1_min_alarm
struct CurrMinAlarm : detail::HwmonAttribute<KCXX_HWMON_CURR, KCXX_HWMON_CURR_MIN_ALARM> {
};
/// 1 if the upper limit is passed: curr1_max_alarm
struct CurrMaxAlarm : detail::HwmonAttribute<KCXX_HWMON_CURR, KCXX_HWMON_CURR_MAX_ALARM> {
};
/// 1 if the critical limit is passed: curr1_crit_alarm
struct CurrCritAlarm : detail::HwmonAttribute<KCXX_HWMON_CURR, KCXX_HWMON_CURR_CRIT_ALARM> {
};
/// what is measured, a text: curr1_label
struct CurrLabel : detail::HwmonLabel<KCXX_HWMON_CURR, KCXX_HWMON_CURR_LABEL> {
};
/// a power, in microwatts: power1_input
struct PowerInput : detail::HwmonAttribute<KCXX_HWMON_POWER, KCXX_HWMON_POWER_INPUT> {
};
/// its average over a time: power1_average
struct PowerAverage : detail::HwmonAttribute<KCXX_HWMON_POWER, KCXX_HWMON_POWER_AVERAGE> {
};
/// what the device keeps below: power1_cap
struct PowerCap : detail::HwmonAttribute<KCXX_HWMON_POWER, KCXX_HWMON_POWER_CAP> {
};
/// its upper limit: power1_max
struct PowerMax : detail::HwmonAttribute<KCXX_HWMON_POWER, KCXX_HWMON_POWER_MAX> {
};
/// its critical limit: power1_crit
struct PowerCrit : detail::HwmonAttribute<KCXX_HWMON_POWER, KCXX_HWMON_POWER_CRIT> {
};
/// 1 if a limit is passed: power1_alarm
struct PowerAlarm : detail::HwmonAttribute<KCXX_HWMON_POWER, KCXX_HWMON_POWER_ALARM> {
};
/// what is measured, a text: power1_label
struct PowerLabel : detail::HwmonLabel<KCXX_HWMON_POWER, KCXX_HWMON_POWER_LABEL> {
};
/// the energy that was used, in microjoules: energy1_input
struct EnergyInput : detail::HwmonAttribute<KCXX_HWMON_ENERGY, KCXX_HWMON_ENERGY_INPUT> {
};
/// what is measured, a text: energy1_label
struct EnergyLabel : detail::HwmonLabel<KCXX_HWMON_ENERGY, KCXX_HWMON_ENERGY_LABEL> {
};
/// a relative humidity, in thousandths of a percent: humidity1_input
struct HumidityInput : detail::HwmonAttribute<KCXX_HWMON_HUMIDITY, KCXX_HWMON_HUMIDITY_INPUT> {
};
/// its lower limit: humidity1_min
struct HumidityMin : detail::HwmonAttribute<KCXX_HWMON_HUMIDITY, KCXX_HWMON_HUMIDITY_MIN> {
};
/// its upper limit: humidity1_max
struct HumidityMax : detail::HwmonAttribute<KCXX_HWMON_HUMIDITY, KCXX_HWMON_HUMIDITY_MAX> {
};
/// 1 if a limit is passed: humidity1_alarm
struct HumidityAlarm : detail::HwmonAttribute<KCXX_HWMON_HUMIDITY, KCXX_HWMON_HUMIDITY_ALARM> {
};
/// 1 if the sensor is broken or missing: humidity1_fault
struct HumidityFault : detail::HwmonAttribute<KCXX_HWMON_HUMIDITY, KCXX_HWMON_HUMIDITY_FAULT> {
};
/// what is measured, a text: humidity1_label
struct HumidityLabel : detail::HwmonLabel<KCXX_HWMON_HUMIDITY, KCXX_HWMON_HUMIDITY_LABEL> {
};
/// the revolutions of a fan per minute: fan1_input
struct FanInput : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_INPUT> {
};
/// its lower limit: fan1_min
struct FanMin : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_MIN> {
};
/// its upper limit: fan1_max
struct FanMax : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_MAX> {
};
/// the revolutions that are wanted: fan1_target
struct FanTarget : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_TARGET> {
};
/// the divisor of its counter: fan1_div
struct FanDiv : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_DIV> {
};
/// the pulses of a revolution: fan1_pulses
struct FanPulses : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_PULSES> {
};
/// 1 if a limit is passed: fan1_alarm
struct FanAlarm : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_ALARM> {
};
/// 1 if the lower limit is passed: fan1_min_alarm
struct FanMinAlarm : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_MIN_ALARM> {
};
/// 1 if the fan is broken or missing: fan1_fault
struct FanFault : detail::HwmonAttribute<KCXX_HWMON_FAN, KCXX_HWMON_FAN_FAULT> {
};
/// which fan it is, a text: fan1_label
struct FanLabel : detail::HwmonLabel<KCXX_HWMON_FAN, KCXX_HWMON_FAN_LABEL> {
};
/// the power of a fan, 0 to 255: pwm1
struct PwmInput : detail::HwmonAttribute<KCXX_HWMON_PWM, KCXX_HWMON_PWM_INPUT> {
};
/// how it is controlled: pwm1_enable
struct PwmEnable : detail::HwmonAttribute<KCXX_HWMON_PWM, KCXX_HWMON_PWM_ENABLE> {
};
/// 0 for direct current, 1 for pulses: pwm1_mode
struct PwmMode : detail::HwmonAttribute<KCXX_HWMON_PWM, KCXX_HWMON_PWM_MODE> {
};
/// the frequency of the pulses, in hertz: pwm1_freq
struct PwmFreq : detail::HwmonAttribute<KCXX_HWMON_PWM, KCXX_HWMON_PWM_FREQ> {
};
/// 1 if the case was opened; users write 0: intrusion0_alarm
struct IntrusionAlarm : detail::HwmonAttribute<KCXX_HWMON_INTRUSION, KCXX_HWMON_INTRUSION_ALARM> {
};

} // namespace hwmon

namespace detail
{

KCXX_HAS_MEMBER(channels);

constexpr hwmon::Channels hwmon_channels(const hwmon::Channels &channels)
{
	return channels;
}
constexpr hwmon::Channels hwmon_channels(unsigned int count)
{
	return {.temp = count,
		.in = count,
		.curr = count,
		.power = count,
		.energy = count,
		.humidity = count,
		.fan = count,
		.pwm = count,
		.intrusion = count};
}

template <typename T>
concept HwmonCounts =
	requires { typename std::bool_constant<(hwmon_channels(T::channels).temp, true)>; };
template <typename T>
concept HwmonCountsOtherwise = !std::is_final_v<T> && Has_channels<T> && !HwmonCounts<T>;

/// A file that no class has: who takes it takes anything
struct HwmonNoFile {
};

/// A number that becomes a long, and nothing narrower
struct HwmonLong {
	template <std::same_as<long> Long>
	operator Long() const noexcept;
};

// Functions that take a file, whatever else they are
template <typename T, typename Attribute>
concept HwmonReadTakes = requires(T &object, Attribute file, int channel) {
	object.read(file, channel);
} || requires(T &object, Attribute file) { object.read(file); };
template <typename T, typename Attribute>
concept HwmonWriteTakes = requires(T &object, Attribute file, int channel, long value) {
	object.write(file, channel, value);
} || requires(T &object, Attribute file, long value) { object.write(file, value); };
template <typename T, typename Attribute>
concept HwmonHasTakes = requires(T &object, Attribute file, int channel) {
	object.has(file, channel);
} || requires(T &object, Attribute file) { object.has(file); };

// Functions that are for this file: one that is not as below is refused, not missing.
template <typename T, typename Attribute>
concept HwmonReadNames = HwmonReadTakes<T, Attribute> && !HwmonReadTakes<T, HwmonNoFile>;
template <typename T, typename Attribute>
concept HwmonWriteNames = HwmonWriteTakes<T, Attribute> && !HwmonWriteTakes<T, HwmonNoFile>;

template <typename T, typename Attribute>
concept HwmonReads =
	(!Attribute::of_chip && requires(const T &object, int channel) {
		{
			object.read(Attribute{}, channel)
		} -> std::same_as<Result<typename Attribute::Value>>;
	}) || (Attribute::of_chip && HwmonReadNames<T, Attribute> && requires(const T &object) {
		{ object.read(Attribute{}) } -> std::same_as<Result<typename Attribute::Value>>;
	});
template <typename T, typename Attribute>
concept HwmonWrites = std::same_as<typename Attribute::Value, long> &&
		      ((!Attribute::of_chip && requires(T &object, int channel, HwmonLong value) {
			       {
				       object.write(Attribute{}, channel, value)
			       } -> std::same_as<Result<>>;
		       }) || (Attribute::of_chip && requires(T &object, HwmonLong value) {
			       { object.write(Attribute{}, value) } -> std::same_as<Result<>>;
		       }));
template <typename T, typename Attribute>
concept HwmonShows = (!Attribute::of_chip && requires(const T &object, int channel) {
			     { object.has(Attribute{}, channel) } -> std::same_as<bool>;
		     }) || (Attribute::of_chip && requires(const T &object) {
			     { object.has(Attribute{}) } -> std::same_as<bool>;
		     });

// Functions of a file that a class has, right or wrong
template <typename T, typename Attribute>
concept HwmonIsRead = HwmonReads<T, Attribute> || HwmonReadNames<T, Attribute>;
template <typename T, typename Attribute>
concept HwmonIsReadByConst = HwmonReads<T, Attribute> || HwmonReadTakes<const T, Attribute>;
template <typename T, typename Attribute>
concept HwmonIsThere = HwmonIsRead<T, Attribute> || HwmonWriteNames<T, Attribute>;

/// Refuses functions of a file that are not as they must be. The compiler names the file.
template <typename T, typename Attribute>
[[gnu::always_inline]] inline void check_hwmon_file()
{
	static_assert(!HwmonIsRead<T, Attribute> || !HwmonIsReadByConst<T, Attribute> ||
			      HwmonReads<T, Attribute>,
		      "kcxx-E1502: read() is not the one of a sensor: write kernel::Result<long> "
		      "read(kernel::hwmon::TempInput, int channel) const;, of a label "
		      "kernel::Result<const char *>, of the chip without the channel");
	static_assert(!HwmonIsRead<T, Attribute> || HwmonIsReadByConst<T, Attribute>,
		      "kcxx-E1503: read() of a sensor is not const: write kernel::Result<long> "
		      "read(kernel::hwmon::TempInput, int channel) const;");
	static_assert(!HwmonWriteNames<T, Attribute> || HwmonWrites<T, Attribute>,
		      "kcxx-E1504: write() is not the one of a sensor: write kernel::Result<> "
		      "write(kernel::hwmon::TempMax, int channel, long value);, of the chip "
		      "without the channel");
	static_assert(!HwmonWriteNames<T, Attribute> || !HwmonWrites<T, Attribute> ||
			      HwmonIsRead<T, Attribute>,
		      "kcxx-E1505: a file of a sensor has write() and no read(): write "
		      "kernel::Result<long> read(kernel::hwmon::TempMax, int channel) const; "
		      "beside it");
	static_assert(!HwmonReads<T, Attribute> || !HwmonHasTakes<T, Attribute> ||
			      HwmonShows<T, Attribute>,
		      "kcxx-E1506: has() is not the one of a sensor: write bool "
		      "has(kernel::hwmon::TempMax, int channel) const;, of the chip without the "
		      "channel");
}

/// The files, of which a class has some
template <typename... Attributes>
struct HwmonList {
	/// True if `visitor` returns true for one of the files, which are asked in turn.
	template <typename Visitor>
	[[gnu::always_inline]] static constexpr bool any(Visitor visitor)
	{
		return (visitor.template operator()<Attributes>() || ...);
	}
};

// A class, and no other name of the list: the names of C++ that the kernel sees stay short.
struct HwmonFiles
    : HwmonList<hwmon::UpdateInterval, hwmon::Alarms, hwmon::TempInput, hwmon::TempMin,
		hwmon::TempMinHyst, hwmon::TempMax, hwmon::TempMaxHyst, hwmon::TempCrit,
		hwmon::TempCritHyst, hwmon::TempLcrit, hwmon::TempEmergency, hwmon::TempOffset,
		hwmon::TempType, hwmon::TempAlarm, hwmon::TempMinAlarm, hwmon::TempMaxAlarm,
		hwmon::TempCritAlarm, hwmon::TempFault, hwmon::TempLabel, hwmon::InInput,
		hwmon::InMin, hwmon::InMax, hwmon::InCrit, hwmon::InLcrit, hwmon::InAlarm,
		hwmon::InMinAlarm, hwmon::InMaxAlarm, hwmon::InCritAlarm, hwmon::InLcritAlarm,
		hwmon::InLabel, hwmon::CurrInput, hwmon::CurrMin, hwmon::CurrMax, hwmon::CurrCrit,
		hwmon::CurrAlarm, hwmon::CurrMinAlarm, hwmon::CurrMaxAlarm, hwmon::CurrCritAlarm,
		hwmon::CurrLabel, hwmon::PowerInput, hwmon::PowerAverage, hwmon::PowerCap,
		hwmon::PowerMax, hwmon::PowerCrit, hwmon::PowerAlarm, hwmon::PowerLabel,
		hwmon::EnergyInput, hwmon::EnergyLabel, hwmon::HumidityInput, hwmon::HumidityMin,
		hwmon::HumidityMax, hwmon::HumidityAlarm, hwmon::HumidityFault,
		hwmon::HumidityLabel, hwmon::FanInput, hwmon::FanMin, hwmon::FanMax,
		hwmon::FanTarget, hwmon::FanDiv, hwmon::FanPulses, hwmon::FanAlarm,
		hwmon::FanMinAlarm, hwmon::FanFault, hwmon::FanLabel, hwmon::PwmInput,
		hwmon::PwmEnable, hwmon::PwmMode, hwmon::PwmFreq, hwmon::IntrusionAlarm> {
};

/// C's tables for the class T, and the functions that the kernel calls
template <typename T>
class HwmonTable
{
	using Kind = ::hwmon_sensor_types;

public:
	static constexpr bool has_files =
		HwmonFiles::any([]<typename Attribute>() { return HwmonIsThere<T, Attribute>; });

	[[nodiscard]] static const ::hwmon_chip_info *chip() noexcept { return &chip_; }

private:
	static consteval std::size_t channels_of(unsigned int kind)
	{
		hwmon::Channels channels;
		if constexpr (HwmonCounts<T>)
			channels = hwmon_channels(T::channels);
		switch (kind) {
		case KCXX_HWMON_TEMP:
			return channels.temp;
		case KCXX_HWMON_IN:
			return channels.in;
		case KCXX_HWMON_CURR:
			return channels.curr;
		case KCXX_HWMON_POWER:
			return channels.power;
		case KCXX_HWMON_ENERGY:
			return channels.energy;
		case KCXX_HWMON_HUMIDITY:
			return channels.humidity;
		case KCXX_HWMON_FAN:
			return channels.fan;
		case KCXX_HWMON_PWM:
			return channels.pwm;
		case KCXX_HWMON_INTRUSION:
			return channels.intrusion;
		default:
			return 1;
		}
	}

	/// The bits of the files of a kind
	static consteval unsigned int files_of(unsigned int kind)
	{
		unsigned int bits = 0;
		(void)HwmonFiles::any([&bits, kind]<typename Attribute>() {
			if (HwmonReads<T, Attribute> && Attribute::kind == kind)
				bits |= 1U << Attribute::number;
			return false;
		});
		return bits;
	}

	/// The kinds of a class; `configs` has the files of each, for each channel, and a zero.
	template <std::size_t KindCount, std::size_t ConfigCount>
	struct Kinds {
		std::size_t kind_count = 0;
		std::size_t config_count = 0;
		std::array<unsigned int, KindCount> kinds{};
		std::array<std::size_t, KindCount> places{};
		std::array<unsigned int, ConfigCount> configs{};
	};

	/// Counts the kinds that the class has, and writes as many of them as there is room for.
	template <std::size_t KindCount, std::size_t ConfigCount>
	static consteval Kinds<KindCount, ConfigCount> made_kinds()
	{
		// The chip comes first, where the kernel looks for it.
		constexpr std::array all{KCXX_HWMON_CHIP,     KCXX_HWMON_TEMP,  KCXX_HWMON_IN,
					 KCXX_HWMON_CURR,     KCXX_HWMON_POWER, KCXX_HWMON_ENERGY,
					 KCXX_HWMON_HUMIDITY, KCXX_HWMON_FAN,   KCXX_HWMON_PWM,
					 KCXX_HWMON_INTRUSION};
		Kinds<KindCount, ConfigCount> made;
		for (const unsigned int kind : all) {
			const unsigned int files = files_of(kind);
			const std::size_t channels = channels_of(kind);
			if (files == 0 || channels == 0)
				continue;
			if (made.kind_count < KindCount) {
				made.kinds[made.kind_count] = kind;
				made.places[made.kind_count] = made.config_count;
				for (std::size_t channel = 0; channel < channels; ++channel)
					made.configs[made.config_count + channel] = files;
			}
			++made.kind_count;
			made.config_count += channels + 1;
		}
		return made;
	}

	template <typename Attribute>
	static bool is(Kind kind, unsigned int number)
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

	template <typename Attribute, typename Value>
	static constexpr bool reads =
		HwmonReads<T, Attribute> && std::same_as<typename Attribute::Value, Value>;

	// A generic write() is for the files that are read.
	template <typename Attribute>
	static constexpr bool writes = HwmonReads<T, Attribute> && HwmonWrites<T, Attribute>;

	template <typename Attribute>
	static bool has(const T &object, int channel)
	{
		if constexpr (!HwmonShows<T, Attribute>)
			return true;
		else if constexpr (Attribute::of_chip)
			return object.has(Attribute{});
		else
			return object.has(Attribute{}, channel);
	}

	// Each of these looks at one file, and returns true if it is the one. Clang reads a lambda
	// for all files when it knows T: there it would miss what T has not.
	template <typename Attribute>
	static bool sees(const T &object, Kind kind, unsigned int number, int channel,
			 unsigned short &mode)
	{
		if constexpr (HwmonReads<T, Attribute>) {
			if (!is<Attribute>(kind, number))
				return false;
			if (has<Attribute>(object, channel))
				mode = writes<Attribute> ? 0644 : 0444;
			return true;
		} else {
			return false;
		}
	}

	template <typename Attribute, typename Value>
	static bool reads_from(const T &object, Kind kind, unsigned int number, int channel,
			       Result<Value> &read)
	{
		if constexpr (reads<Attribute, Value>) {
			if (!is<Attribute>(kind, number))
				return false;
			if constexpr (Attribute::of_chip)
				read = object.read(Attribute{});
			else
				read = object.read(Attribute{}, channel);
			return true;
		} else {
			return false;
		}
	}

	template <typename Attribute>
	static bool writes_to(T &object, Kind kind, unsigned int number, int channel, long value,
			      Result<> &written)
	{
		if constexpr (writes<Attribute>) {
			if (!is<Attribute>(kind, number))
				return false;
			if constexpr (Attribute::of_chip)
				written = object.write(Attribute{}, value);
			else
				written = object.write(Attribute{}, channel, value);
			return true;
		} else {
			return false;
		}
	}

	static unsigned short visible(const void *raw, Kind kind, unsigned int number, int channel)
	{
		// SAFETY: add() has given this object.
		const T &object = *static_cast<const T *>(raw);
		unsigned short mode = 0;
		(void)HwmonFiles::any([&]<typename Attribute>() {
			return sees<Attribute>(object, kind, number, channel, mode);
		});
		return mode;
	}

	template <typename Value>
	static int read(::device *device, Kind kind, unsigned int number, int channel, Value *value)
	{
		const T &object = object_at(device);
		Result<Value> read = EOPNOTSUPP;
		(void)HwmonFiles::any([&]<typename Attribute>() {
			return reads_from<Attribute>(object, kind, number, channel, read);
		});
		if (!read)
			return read.error().to_errno();
		*value = *read;
		return 0;
	}

	static int write(::device *device, Kind kind, unsigned int number, int channel, long value)
	{
		T &object = object_at(device);
		Result<> written = EOPNOTSUPP;
		(void)HwmonFiles::any([&]<typename Attribute>() {
			return writes_to<Attribute>(object, kind, number, channel, value, written);
		});
		return to_c(written);
	}

	static consteval auto made_kinds()
	{
		constexpr auto counted = made_kinds<0, 0>();
		return made_kinds<counted.kind_count, counted.config_count>();
	}
	static constexpr auto kinds_ = made_kinds();
	static constexpr auto configs_ = kinds_.configs;

	static consteval auto made_infos()
	{
		std::array<::hwmon_channel_info, kinds_.kinds.size()> made{};
		for (std::size_t kind = 0; kind < made.size(); ++kind) {
			made[kind].type = static_cast<Kind>(kinds_.kinds[kind]);
			made[kind].config = configs_.data() + kinds_.places[kind];
		}
		return made;
	}
	static constexpr auto infos_ = made_infos();

	/// The kinds, and null at the end
	static consteval auto made_list()
	{
		std::array<const ::hwmon_channel_info *, infos_.size() + 1> made{};
		for (std::size_t kind = 0; kind < infos_.size(); ++kind)
			made[kind] = &infos_[kind];
		return made;
	}
	static constexpr auto list_ = made_list();

	static consteval ::hwmon_ops made_operations()
	{
		::hwmon_ops made{};
		made.is_visible = &visible;
		if (HwmonFiles::any([]<typename Attribute>() { return reads<Attribute, long>; }))
			made.read = &read<long>;
		if (HwmonFiles::any(
			    []<typename Attribute>() { return reads<Attribute, const char *>; }))
			made.read_string = &read<const char *>;
		if (HwmonFiles::any([]<typename Attribute>() { return writes<Attribute>; }))
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

template <typename T>
constinit const ::hwmon_ops HwmonTable<T>::operations_ = HwmonTable<T>::made_operations();
template <typename T>
constinit const ::hwmon_chip_info HwmonTable<T>::chip_ = HwmonTable<T>::made_chip();

} // namespace detail

namespace hwmon
{

/// Registers the sensors of `object`, for start() of the driver: they end when the device is
/// unbound, before the driver's object. `name`, which is copied, is what sensors(1) shows: the
/// kernel warns of a '-', a '*' or a blank in it.
///
/// Errors: ENOMEM. Context: may sleep.
template <typename T>
Result<> add(BoundDevice &device, const char *name, T &object) KCXX_MAY_SLEEP
{
	using Table = detail::HwmonTable<T>;
	static_assert(Table::has_files, "kcxx-E1384: the class has no sensor: write in it "
					"Result<long> read(hwmon::TempInput, int "
					"channel) const;");
	static_assert(!detail::HwmonCountsOtherwise<T>,
		      "kcxx-E1507: channels is not the one of sensors: write public: static "
		      "constexpr kernel::hwmon::Channels channels{.temp = 2};, or unsigned int "
		      "channels = 2;");
	(void)detail::HwmonFiles::any([]<typename Attribute>() {
		detail::check_hwmon_file<T, Attribute>();
		return false;
	});
	const char *copy = KTRY(detail::kept_text(device, name));
	// SAFETY: the tables are static, and the object lives until the device is unbound.
	::device *sensors = KTRY(Error::from_pointer(bindings::hwmon_device_register_with_info(
		device, copy, &object, Table::chip(), nullptr)));
	return device.at_unbind(
		[](void *data) {
			bindings::hwmon_device_unregister(static_cast<::device *>(data));
		},
		sensors);
}

} // namespace hwmon
} // namespace kernel
