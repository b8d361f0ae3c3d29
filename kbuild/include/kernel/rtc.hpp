// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Real-time clocks: drivers for them. C API: <linux/rtc.h>.
///
///     class Clock {
///     public:
///             Result<s64> read_time() const;         // seconds since 1970
///             Result<> set_time(s64 seconds);        // may be missing
///             // Of a clock that wakes, all three or none:
///             Result<rtc::Alarm> read_alarm() const;
///             Result<> set_alarm(const rtc::Alarm &alarm);
///             Result<> enable_alarm(bool enabled);
///             // Of a clock whose speed is set, in parts per billion, both or none:
///             Result<long> read_offset() const;
///             Result<> set_offset(long parts);
///
///             Result<> start(amba::BoundDevice &device)
///             {
///                     return rtc_.add(device, *this, {.last = 0xffffffff});
///             }
///
///     private:
///             rtc::Registration rtc_;
///     };
///
/// A clock that counts years, months and days has rtc::Date in place of the seconds, in all of
/// them. The kernel calls one of the functions at a time. Context: process context; may sleep.
/// Errors: user space gets them.

#pragma once

#include <concepts>
#include <type_traits>

#include <generated/bindings/rtc.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/has_member.hpp>
#include <kernel/types/integers.hpp>

struct rtc_device;

namespace kernel::rtc
{

/// A time by the calendar. C: struct rtc_time
struct Date {
	int year;        ///< such as 2026
	int month;       ///< 1 to 12
	int day;         ///< of the month, 1 to 31
	int hour;        ///< 0 to 23
	int minute;      ///< 0 to 59
	int second;      ///< 0 to 59
	int weekday = 0; ///< 0 is Sunday; date_of() knows it, and seconds_of() does not ask

	/// True for the same second
	friend constexpr bool operator==(const Date &, const Date &) noexcept = default;
};

} // namespace kernel::rtc

namespace kernel::detail
{

[[nodiscard]] inline rtc::Date rtc_date(const ::rtc_time &time)
{
	return {.year = time.tm_year + 1900,
		.month = time.tm_mon + 1,
		.day = time.tm_mday,
		.hour = time.tm_hour,
		.minute = time.tm_min,
		.second = time.tm_sec,
		.weekday = time.tm_wday};
}

[[nodiscard]] inline ::rtc_time rtc_time_of(const rtc::Date &date)
{
	::rtc_time time{};
	time.tm_year = date.year - 1900;
	time.tm_mon = date.month - 1;
	time.tm_mday = date.day;
	time.tm_hour = date.hour;
	time.tm_min = date.minute;
	time.tm_sec = date.second;
	time.tm_wday = date.weekday;
	return time;
}

} // namespace kernel::detail

namespace kernel::rtc
{

/// The date of a number of seconds since 1970. C: rtc_time64_to_tm(). Context: any.
[[nodiscard]] inline Date date_of(s64 seconds)
{
	::rtc_time time{};
	// SAFETY: C writes one time.
	bindings::rtc_time64_to_tm(seconds, &time);
	return detail::rtc_date(time);
}

/// The seconds from 1970 to a date. C: rtc_tm_to_time64(). Errors: EINVAL if the calendar has no
/// such date. Context: any.
[[nodiscard]] inline Result<s64> seconds_of(const Date &date)
{
	::rtc_time time = detail::rtc_time_of(date);
	// SAFETY, of both: C reads one time.
	KTRY(to_result(bindings::rtc_valid_tm(&time)));
	return {std::in_place, bindings::rtc_tm_to_time64(&time)};
}

/// An alarm. Time is s64, seconds since 1970, or Date, as the clock has it.
template <typename Time = s64>
struct AlarmOf {
	Time time{};          ///< when the clock interrupts
	bool enabled = false; ///< whether it will
	bool pending = false; ///< whether it does now, and the driver has not answered
};

/// The alarm of a clock that counts seconds
using Alarm = AlarmOf<s64>;

/// The alarms that a clock can have
enum class Alarms {
	none,        ///< none on this board, such as one without the interrupt's line
	minutes,     ///< in whole minutes
	two_seconds, ///< in even seconds
	seconds,     ///< in any second
};

/// A clock, for Registration::add(). Times are in seconds since 1970.
struct Settings {
	s64 first = 0;                   ///< the earliest time that it can have: C's range_min
	u64 last;                        ///< the latest: C's range_max
	Alarms alarms = Alarms::seconds; ///< of a class that has alarms
	/// Users may ask for an interrupt each second (RTC_UIE_ON), which the kernel makes of
	/// alarms
	bool update_interrupts = true;
	bool alarm_wakes_only = false; ///< an alarm wakes the system, and is no interrupt
};

} // namespace kernel::rtc

namespace kernel::detail
{

KCXX_HAS_MEMBER(set_time);
KCXX_HAS_MEMBER(read_alarm);
KCXX_HAS_MEMBER(set_alarm);
KCXX_HAS_MEMBER(enable_alarm);
KCXX_HAS_MEMBER(read_offset);
KCXX_HAS_MEMBER(set_offset);

template <typename T, typename Time>
concept RtcReads = requires(const T &clock) {
	{ clock.read_time() } -> std::same_as<Result<Time>>;
};

/// The way in which a clock has its times: s64 or rtc::Date
template <typename T>
using RtcTime = std::conditional_t<RtcReads<T, rtc::Date>, rtc::Date, s64>;

template <typename T>
inline constexpr bool rtc_is_set = !Has_set_time<T> || requires(T &clock, const RtcTime<T> &time) {
	{ clock.set_time(time) } -> std::same_as<Result<>>;
};

template <typename T>
inline constexpr bool rtc_has_alarm = Has_read_alarm<T> || Has_set_alarm<T> || Has_enable_alarm<T>;

template <typename T>
inline constexpr bool rtc_alarm_fits =
	!rtc_has_alarm<T> ||
	requires(T &clock, const T &reader, const rtc::AlarmOf<RtcTime<T>> &alarm, bool enabled) {
		{ reader.read_alarm() } -> std::same_as<Result<rtc::AlarmOf<RtcTime<T>>>>;
		{ clock.set_alarm(alarm) } -> std::same_as<Result<>>;
		{ clock.enable_alarm(enabled) } -> std::same_as<Result<>>;
	};

template <typename T>
inline constexpr bool rtc_has_offset = Has_read_offset<T> || Has_set_offset<T>;

template <typename T>
inline constexpr bool rtc_offset_fits =
	!rtc_has_offset<T> || requires(T &clock, const T &reader, long parts) {
		{ reader.read_offset() } -> std::same_as<Result<long>>;
		{ clock.set_offset(parts) } -> std::same_as<Result<>>;
	};

/// C's operations of the class T. The kernel calls them with the device that T is the driver of.
template <typename T>
class RtcOperations
{
	using Time = RtcTime<T>;
	using CAlarm = ::rtc_wkalrm;

public:
	[[nodiscard]] static const ::rtc_class_ops *table() noexcept { return &table_; }

private:
	static T &clock_of(::device *raw) { return object_of<T>(Device::of(raw)); }

	static void write(::rtc_time &to, s64 seconds)
	{
		// SAFETY: C writes one time.
		bindings::rtc_time64_to_tm(seconds, &to);
	}
	static void write(::rtc_time &to, const rtc::Date &date) { to = rtc_time_of(date); }

	static Time read(const ::rtc_time &from)
	{
		if constexpr (std::same_as<Time, s64>) {
			::rtc_time time = from;
			// SAFETY: C reads one time.
			return bindings::rtc_tm_to_time64(&time);
		} else {
			return rtc_date(from);
		}
	}

	static int read_time(::device *raw, ::rtc_time *to)
	{
		const Result<Time> time = clock_of(raw).read_time();
		if (!time)
			return time.error().to_errno();
		write(*to, *time);
		return 0;
	}

	static int set_time(::device *raw, ::rtc_time *from)
	{
		if constexpr (Has_set_time<T> && rtc_is_set<T>)
			return to_c(clock_of(raw).set_time(read(*from)));
		return 0;
	}

	static int read_alarm(::device *raw, CAlarm *to)
	{
		if constexpr (rtc_has_alarm<T> && rtc_alarm_fits<T>) {
			const auto alarm = clock_of(raw).read_alarm();
			if (!alarm)
				return alarm.error().to_errno();
			write(to->time, alarm->time);
			to->enabled = alarm->enabled ? 1 : 0;
			to->pending = alarm->pending ? 1 : 0;
		}
		return 0;
	}

	static int set_alarm(::device *raw, CAlarm *from)
	{
		if constexpr (rtc_has_alarm<T> && rtc_alarm_fits<T>)
			return to_c(clock_of(raw).set_alarm(
				{.time = read(from->time), .enabled = from->enabled != 0}));
		return 0;
	}

	static int enable_alarm(::device *raw, unsigned int enabled)
	{
		if constexpr (rtc_has_alarm<T> && rtc_alarm_fits<T>)
			return to_c(clock_of(raw).enable_alarm(enabled != 0));
		return 0;
	}

	static int read_offset(::device *raw, long *to)
	{
		if constexpr (rtc_has_offset<T> && rtc_offset_fits<T>) {
			const Result<long> parts = clock_of(raw).read_offset();
			if (!parts)
				return parts.error().to_errno();
			*to = *parts;
		}
		return 0;
	}

	static int set_offset(::device *raw, long parts)
	{
		if constexpr (rtc_has_offset<T> && rtc_offset_fits<T>)
			return to_c(clock_of(raw).set_offset(parts));
		return 0;
	}

	static consteval ::rtc_class_ops made()
	{
		::rtc_class_ops table{};
		table.read_time = &read_time;
		if constexpr (Has_set_time<T>)
			table.set_time = &set_time;
		if constexpr (rtc_has_alarm<T>) {
			table.read_alarm = &read_alarm;
			table.set_alarm = &set_alarm;
			table.alarm_irq_enable = &enable_alarm;
		}
		if constexpr (rtc_has_offset<T>) {
			table.read_offset = &read_offset;
			table.set_offset = &set_offset;
		}
		return table;
	}

	static const ::rtc_class_ops table_;
};

template <typename T>
constinit const ::rtc_class_ops RtcOperations<T>::table_ = RtcOperations<T>::made();

} // namespace kernel::detail

namespace kernel::rtc
{

/// The clock of a driver, as user space and the kernel see it: /dev/rtc0. A member of the driver's
/// class, which start() adds. The clock ends when the device is unbound, before the driver's
/// object; an open file reports ENODEV from then on.
class Registration
{
public:
	/// Makes one that is not added.
	Registration() = default;
	Registration(const Registration &) = delete;
	Registration &operator=(const Registration &) = delete;
	/// Context: may sleep.
	~Registration() KCXX_MAY_SLEEP
	{
		if (raw_ != nullptr)
			// SAFETY: add() took the reference.
			bindings::kcxx_rtc_put(raw_);
	}

	/// Adds the clock of `driver`, the object of this device's driver.
	///
	/// Errors: EBUSY if it is added already; ENOMEM. Context: may sleep.
	template <typename T>
	Result<> add(BoundDevice &device, T &driver, Settings settings) KCXX_MAY_SLEEP
	{
		static_assert(detail::RtcReads<T, s64> || detail::RtcReads<T, Date>,
			      "kcxx-E1450: the class has no clock: write in it "
			      "kernel::Result<kernel::s64> "
			      "read_time() const;, or of kernel::rtc::Date");
		static_assert(
			detail::rtc_is_set<T>,
			"kcxx-E1451: set_time() is not the one of a clock: write kernel::Result<> "
			"set_time(kernel::s64 seconds);, or of what read_time() returns");
		static_assert(
			detail::rtc_alarm_fits<T>,
			"kcxx-E1452: the alarm of a clock is kernel::Result<kernel::rtc::Alarm> "
			"read_alarm() const;, kernel::Result<> set_alarm(const "
			"kernel::rtc::Alarm &);, kernel::Result<> enable_alarm(bool);");
		static_assert(
			detail::rtc_offset_fits<T>,
			"kcxx-E1556: the offset of a clock is kernel::Result<long> read_offset() "
			"const; and kernel::Result<> set_offset(long parts);");
		if (&detail::object_of<T>(device) != &driver) [[unlikely]]
			bug("rtc::Registration: added for an object that is not the driver's");
		return add(device, detail::RtcOperations<T>::table(), settings);
	}

	/// The driver's interrupt has seen its alarm: whoever waits for it is woken. Before add()
	/// it does nothing. Context: any.
	void alarm() noexcept
	{
		::rtc_device *raw = __atomic_load_n(&raw_, __ATOMIC_ACQUIRE);
		if (raw != nullptr)
			// SAFETY: this object has a reference to the clock.
			bindings::rtc_update_irq(raw, 1, KCXX_RTC_ALARM_EVENT);
	}

private:
	/// Tells C what the clock has not.
	static void describe(::rtc_device *made, const Settings &settings)
	{
		// SAFETY, of all: the clock is not registered yet.
		const auto set = [made](unsigned int feature, bool has) {
			bindings::kcxx_rtc_set_feature(made, feature, has);
		};
		if (settings.alarms == Alarms::none)
			set(KCXX_RTC_FEATURE_ALARM, false);
		set(KCXX_RTC_FEATURE_ALARM_RES_MINUTE, settings.alarms == Alarms::minutes);
		set(KCXX_RTC_FEATURE_ALARM_RES_2S, settings.alarms == Alarms::two_seconds);
		set(KCXX_RTC_FEATURE_UPDATE_INTERRUPT, settings.update_interrupts);
		set(KCXX_RTC_FEATURE_ALARM_WAKEUP_ONLY, settings.alarm_wakes_only);
		made->range_min = settings.first;
		made->range_max = settings.last;
	}

	Result<> add(BoundDevice &device, const ::rtc_class_ops *operations,
		     const Settings &settings)
	{
		if (raw_ != nullptr)
			return EBUSY;
		// SAFETY, of all below: the device is bound, and its unbinding ends the clock. The
		// operations are static.
		::rtc_device *made =
			KTRY(Error::from_pointer(bindings::devm_rtc_allocate_device(device)));
		made->ops = operations;
		describe(made, settings);
		KTRY(to_result(
			bindings::__devm_rtc_register_device(&bindings::__this_module, made)));
		KTRY(device.at_unbind(&remove_files, made));
		bindings::kcxx_rtc_get(made);
		__atomic_store_n(&raw_, made, __ATOMIC_RELEASE);
		return {};
	}

	static void remove_files(void *clock)
	{
		// SAFETY: the clock is still registered, and C removes the rest of it next.
		bindings::kcxx_rtc_remove_files(static_cast<::rtc_device *>(clock));
	}

	::rtc_device *raw_ = nullptr;
};

} // namespace kernel::rtc
