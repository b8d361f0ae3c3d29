// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Watchdogs: drivers for timers that reset the machine unless user space answers. C API:
/// <linux/watchdog.h>.
///
///     class Timer {
///     public:
///             Result<> arm(unsigned int seconds);         // C: start
///             Result<> disarm();                          // C: stop; may be missing
///             Result<> ping();                            // may be missing: then arm() is called
///             Result<> set_timeout(unsigned int seconds); // may be missing
///             Result<> set_pretimeout(unsigned int seconds); // before the end; may be missing
///             unsigned int time_left() const;             // in seconds; may be missing
///             watchdog::Status status() const;            // may be missing
///             void restart() KCXX_MUST_NOT_SLEEP;         // resets the machine; may be missing
///
///             Result<> start(pci::BoundDevice &device)
///             {
///                     return watchdog_.add(device, *this, {.identity = "pump's timer",
///                                                          .timeout = 30,
///                                                          .max_timeout = 2046});
///             }
///
///     private:
///             watchdog::Registration watchdog_;
///     };
///
/// The kernel calls one of the functions at a time, but restart(), which may interrupt another one.
/// Context of all others: process context; may sleep. Errors: user space gets them.

#pragma once

#include <concepts>
#include <string_view>

#include <generated/bindings/watchdog.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/rwonce.hpp>
#include <kernel/time/ktime.hpp>
#include <kernel/types/algobase.hpp>
#include <kernel/types/has_member.hpp>

struct watchdog_device;

namespace kernel::watchdog
{

/// True if the kernel's configuration wants watchdogs that never stop: CONFIG_WATCHDOG_NOWAYOUT
inline constexpr bool nowayout = KCXX_WATCHDOG_NOWAYOUT;

/// Events that a watchdog reports: `status::card_reset | status::overheat`. C: WDIOF_…
class Status
{
public:
	/// No event.
	constexpr Status() noexcept = default;
	/// C's flags.
	explicit constexpr Status(unsigned int bits) noexcept : bits_{bits} {}
	/// C's flags
	[[nodiscard]] constexpr unsigned int bits() const noexcept { return bits_; }
	/// The events of both.
	friend constexpr Status operator|(Status a, Status b) noexcept
	{
		return Status{a.bits_ | b.bits_};
	}

private:
	unsigned int bits_ = 0;
};

namespace status
{

inline constexpr Status overheat{KCXX_WDIOF_OVERHEAT};      ///< the CPU was too hot
inline constexpr Status fan_fault{KCXX_WDIOF_FANFAULT};     ///< a fan failed
inline constexpr Status external_1{KCXX_WDIOF_EXTERN1};     ///< the first relay outside
inline constexpr Status external_2{KCXX_WDIOF_EXTERN2};     ///< the second relay outside
inline constexpr Status power_under{KCXX_WDIOF_POWERUNDER}; ///< the voltage was too low
inline constexpr Status power_over{KCXX_WDIOF_POWEROVER};   ///< the voltage was too high
inline constexpr Status card_reset{KCXX_WDIOF_CARDRESET};   ///< the watchdog reset the machine

} // namespace status

/// A watchdog, for Registration::add()
struct Settings {
	const char *identity = nullptr; ///< what users see as its name, up to 31 characters
	unsigned int timeout = 0;       ///< in seconds, unless users set another
	unsigned int min_timeout = 1;   ///< the least that users can set
	unsigned int max_timeout = 0;   ///< the most that users can set
	/// The wish of a module's parameter, in seconds. If it is 0 or cannot be, the property
	/// timeout-sec of the device counts, and else `timeout`.
	unsigned int wanted_timeout = 0;
	/// In seconds before the timeout: then the driver calls Registration::pretimeout(). Users
	/// can set another, if the class has set_pretimeout(). 0: none
	unsigned int pretimeout = 0;
	/// The longest time that the hardware counts. Users may set any timeout then: the kernel
	/// pings between their answers, and arm() and set_timeout() get no more seconds than these,
	/// but at least 1. In place of `max_timeout`; 0 if there is no such limit.
	Nanoseconds max_hw_heartbeat{};
	/// The shortest time between two pings that the hardware takes: the kernel delays the
	/// second one. 0 if there is no such limit.
	Nanoseconds min_hw_heartbeat{};
	/// It runs already, by the firmware. The kernel pings it until user space opens it, and
	/// keeps the module loaded until user space has stopped it.
	bool hw_running = false;
	bool nowayout = watchdog::nowayout; ///< users cannot stop it, once it runs
	bool stop_on_reboot = true;         ///< an orderly reboot stops it, if it has disarm()
	bool stop_on_unregister = true;     ///< the end of the driver stops it, if it may
	bool stop_ping_on_suspend = false;  ///< the kernel does not ping while the system sleeps
	/// The priority of restart() among all that can restart the machine: 0 if it is the last
	/// resort, 128 if it is the usual way, 255 if it comes before all others
	int restart_priority = 0;
	Status last_reset{}; ///< the events that caused the last reset of the machine
	Status may_report{}; ///< the events that status() may return
};

} // namespace kernel::watchdog

namespace kernel::detail
{

KCXX_HAS_MEMBER(disarm);
KCXX_HAS_MEMBER(ping);
KCXX_HAS_MEMBER(set_timeout);
KCXX_HAS_MEMBER(set_pretimeout);
KCXX_HAS_MEMBER(time_left);
KCXX_HAS_MEMBER(status);
KCXX_HAS_MEMBER(restart);

template <typename T>
concept WatchdogArms = requires(T &timer, unsigned int seconds) {
	{ timer.arm(seconds) } -> std::same_as<Result<>>;
};
template <typename T>
inline constexpr bool watchdog_disarms = !Has_disarm<T> || requires(T &timer) {
	{ timer.disarm() } -> std::same_as<Result<>>;
};
template <typename T>
inline constexpr bool watchdog_pings = !Has_ping<T> || requires(T &timer) {
	{ timer.ping() } -> std::same_as<Result<>>;
};
template <typename T>
inline constexpr bool watchdog_is_set =
	!Has_set_timeout<T> || requires(T &timer, unsigned int seconds) {
		{ timer.set_timeout(seconds) } -> std::same_as<Result<>>;
	};
template <typename T>
inline constexpr bool watchdog_warns =
	!Has_set_pretimeout<T> || requires(T &timer, unsigned int seconds) {
		{ timer.set_pretimeout(seconds) } -> std::same_as<Result<>>;
	};
template <typename T>
inline constexpr bool watchdog_tells_time = !Has_time_left<T> || requires(const T &timer) {
	{ timer.time_left() } -> std::same_as<unsigned int>;
};
template <typename T>
inline constexpr bool watchdog_reports = !Has_status<T> || requires(const T &timer) {
	{ timer.status() } -> std::same_as<watchdog::Status>;
};
template <typename T>
inline constexpr bool watchdog_restarts = !Has_restart<T> || requires(T &timer) {
	{ timer.restart() } noexcept -> std::same_as<void>;
};

/// C's operations of the class T
template <typename T>
class WatchdogOperations
{
	using Raw = ::watchdog_device;

public:
	/// C's options that follow from the functions of the class
	static constexpr unsigned int options = KCXX_WDIOF_KEEPALIVEPING | KCXX_WDIOF_MAGICCLOSE |
						(Has_set_timeout<T> ? KCXX_WDIOF_SETTIMEOUT : 0) |
						(Has_set_pretimeout<T> ? KCXX_WDIOF_PRETIMEOUT : 0);

	[[nodiscard]] static const ::watchdog_ops *table() noexcept { return &table_; }

private:
	static T &timer_of(Raw *raw) { return *static_cast<T *>(raw->driver_data); }

	/// The part of a timeout that the hardware counts
	static unsigned int counted(const Raw *raw, unsigned int seconds)
	{
		const unsigned int most = raw->max_hw_heartbeat_ms / 1000;
		return raw->max_hw_heartbeat_ms == 0 ? seconds
						     : std::max(1U, std::min(seconds, most));
	}

	static int start(Raw *raw) { return to_c(timer_of(raw).arm(counted(raw, raw->timeout))); }
	static int stop(Raw *raw)
	{
		if constexpr (Has_disarm<T> && watchdog_disarms<T>)
			return to_c(timer_of(raw).disarm());
		return 0;
	}
	static int ping(Raw *raw)
	{
		if constexpr (Has_ping<T> && watchdog_pings<T>)
			return to_c(timer_of(raw).ping());
		return 0;
	}
	static unsigned int status(Raw *raw)
	{
		if constexpr (Has_status<T> && watchdog_reports<T>)
			return timer_of(raw).status().bits();
		return 0;
	}
	static int set_timeout(Raw *raw, unsigned int seconds)
	{
		if constexpr (Has_set_timeout<T> && watchdog_is_set<T>) {
			const int error = to_c(timer_of(raw).set_timeout(counted(raw, seconds)));
			if (error != 0)
				return error;
			raw->timeout = seconds;
			if (raw->pretimeout >= seconds) // it fits no more
				return set_pretimeout(raw, 0);
		}
		return 0;
	}
	static int set_pretimeout(Raw *raw, unsigned int seconds)
	{
		if constexpr (Has_set_pretimeout<T> && watchdog_warns<T>) {
			const int error = to_c(timer_of(raw).set_pretimeout(seconds));
			if (error != 0)
				return error;
		}
		raw->pretimeout = seconds;
		return 0;
	}
	static unsigned int get_timeleft(Raw *raw)
	{
		if constexpr (Has_time_left<T> && watchdog_tells_time<T>)
			return timer_of(raw).time_left();
		return 0;
	}
	/// If the machine is still there, the next handler has its turn.
	static int restart(Raw *raw, unsigned long /*mode*/, void * /*command*/)
	{
		if constexpr (Has_restart<T> && watchdog_restarts<T>) {
			in_atomic_context();
			timer_of(raw).restart();
		}
		return 0;
	}

	static consteval ::watchdog_ops made()
	{
		::watchdog_ops table{};
		table.owner = &bindings::__this_module;
		table.start = &start;
		if constexpr (Has_disarm<T>)
			table.stop = &stop;
		if constexpr (Has_ping<T>)
			table.ping = &ping;
		if constexpr (Has_status<T>)
			table.status = &status;
		if constexpr (Has_set_timeout<T>)
			table.set_timeout = &set_timeout;
		if constexpr (Has_set_pretimeout<T>)
			table.set_pretimeout = &set_pretimeout;
		if constexpr (Has_time_left<T>)
			table.get_timeleft = &get_timeleft;
		if constexpr (Has_restart<T>)
			table.restart = &restart;
		return table;
	}

	static const ::watchdog_ops table_;
};

template <typename T>
constinit const ::watchdog_ops WatchdogOperations<T>::table_ = WatchdogOperations<T>::made();

/// Reports functions of the class T that do not fit, each in one sentence.
template <typename T>
consteval void check_watchdog()
{
	static_assert(WatchdogArms<T>, "kcxx-E1486: the class has no watchdog: write in it "
				       "kernel::Result<> arm(unsigned int seconds);");
	static_assert(watchdog_disarms<T>, "kcxx-E1487: disarm() is not the one of a watchdog: "
					   "write kernel::Result<> disarm();");
	static_assert(watchdog_pings<T>, "kcxx-E1488: ping() is not the one of a watchdog: write "
					 "kernel::Result<> ping();");
	static_assert(watchdog_is_set<T>,
		      "kcxx-E1489: set_timeout() is not the one of a watchdog: write "
		      "kernel::Result<> set_timeout(unsigned int seconds);");
	static_assert(watchdog_tells_time<T>, "kcxx-E1490: time_left() is not the one of a "
					      "watchdog: write unsigned int time_left() const;");
	static_assert(watchdog_warns<T>,
		      "kcxx-E1540: set_pretimeout() is not the one of a watchdog: write "
		      "kernel::Result<> set_pretimeout(unsigned int seconds);");
	static_assert(watchdog_reports<T>,
		      "kcxx-E1541: status() is not the one of a watchdog: write "
		      "kernel::watchdog::Status status() const;");
	static_assert(watchdog_restarts<T>,
		      "kcxx-E1542: restart() is not the one of a watchdog, which runs when nothing "
		      "may sleep: write void restart() KCXX_MUST_NOT_SLEEP;");
}

} // namespace kernel::detail

namespace kernel::watchdog
{

/// The watchdog of a driver, as user space and the kernel see it: /dev/watchdog0. A member of the
/// driver's class, which start() adds. It ends when the device is unbound, before the driver's
/// object, and is disarmed first, unless it has no way out or is not to stop on unregister. An open
/// file reports ENODEV from then on. A file that is open keeps the module loaded.
class Registration
{
public:
	/// Makes one that is not added.
	Registration() = default;
	Registration(const Registration &) = delete;
	Registration &operator=(const Registration &) = delete;
	~Registration() = default;

	/// Adds the watchdog of `timer`, which lives as long as the driver's object.
	///
	/// Errors: EBUSY if it is added already; EINVAL if the timer cannot be disarmed and the
	/// settings have neither `max_timeout` nor `max_hw_heartbeat`; ENOMEM. Context: may sleep.
	template <typename T>
	Result<> add(BoundDevice &device, T &timer, const Settings &settings) KCXX_MAY_SLEEP
	{
		detail::check_watchdog<T>();
		using Operations = detail::WatchdogOperations<T>;
		if (registered_)
			return EBUSY;
		raw_ = {};
		raw_.ops = Operations::table();
		raw_.driver_data = &timer;
		describe(settings, Operations::options, detail::Has_disarm<T>);
		return add(device, settings);
	}

	/// The time before the end has come: the kernel's governor for it acts, which users choose
	/// in /sys; it may panic. For the driver's interrupt. Before add(), and after the end of
	/// the watchdog, it does nothing. Context: any.
	void pretimeout() noexcept
	{
		if (__atomic_load_n(&registered_, __ATOMIC_ACQUIRE))
			// SAFETY: the watchdog is registered, and its memory is this object's.
			bindings::kcxx_watchdog_notify_pretimeout(&raw_);
	}

	/// True if user space has it open and running: suspend() disarms it then, and resume() arms
	/// it. False before add(). Context: any.
	[[nodiscard]] bool is_active() noexcept
	{
		// SAFETY: the status is this object's.
		return bindings::kcxx_watchdog_active(&raw_);
	}

	/// The timeout that counts now, in seconds. Context: any.
	[[nodiscard]] unsigned int timeout() const noexcept { return read_once(raw_.timeout); }

private:
	/// C's milliseconds
	static unsigned int milliseconds(Nanoseconds time)
	{
		const long long count = time.count() / 1'000'000;
		return static_cast<unsigned int>(std::max(0LL, std::min(count, 0xffff'ffffLL)));
	}

	void describe(const Settings &settings, unsigned int options, bool disarms)
	{
		info_ = {};
		info_.options = options | settings.last_reset.bits() | settings.may_report.bits();
		const std::string_view identity{settings.identity};
		identity.copy(reinterpret_cast<char *>(info_.identity), sizeof(info_.identity) - 1);
		raw_.info = &info_;
		raw_.timeout = settings.timeout;
		raw_.pretimeout = settings.pretimeout;
		raw_.min_timeout = settings.min_timeout;
		raw_.max_timeout = settings.max_timeout;
		raw_.max_hw_heartbeat_ms = milliseconds(settings.max_hw_heartbeat);
		raw_.min_hw_heartbeat_ms = milliseconds(settings.min_hw_heartbeat);
		if (raw_.max_hw_heartbeat_ms != 0) // the kernel counts what the hardware cannot
			info_.options |= KCXX_WDIOF_SETTIMEOUT;
		raw_.bootstatus = settings.last_reset.bits();
		set(KCXX_WDOG_NO_WAY_OUT, settings.nowayout);
		set(KCXX_WDOG_STOP_ON_REBOOT, settings.stop_on_reboot && disarms);
		set(KCXX_WDOG_STOP_ON_UNREGISTER, settings.stop_on_unregister);
		set(KCXX_WDOG_NO_PING_ON_SUSPEND, settings.stop_ping_on_suspend);
		set(KCXX_WDOG_HW_RUNNING, settings.hw_running);
	}

	/// Sets a bit of the status, which is this object's alone until it is registered.
	void set(unsigned int bit, bool value)
	{
		raw_.status |= static_cast<unsigned long>(value) << bit;
	}

	Result<> add(BoundDevice &device, const Settings &settings)
	{
		raw_.parent = device;
		// SAFETY, of all: this object stays until the watchdog is unregistered. An error of
		// the first is that of a wish, for which the default counts.
		(void)bindings::watchdog_init_timeout(&raw_, settings.wanted_timeout, device);
		bindings::watchdog_set_restart_priority(&raw_, settings.restart_priority);
		KTRY(to_result(bindings::watchdog_register_device(&raw_)));
		__atomic_store_n(&registered_, true, __ATOMIC_RELEASE);
		return device.at_unbind(
			[](void *data) { static_cast<Registration *>(data)->remove(); }, this);
	}

	void remove()
	{
		__atomic_store_n(&registered_, false, __ATOMIC_RELEASE);
		// SAFETY: the watchdog is registered. Afterwards the kernel calls nothing of it,
		// whichever files are open.
		bindings::watchdog_unregister_device(&raw_);
	}

	::watchdog_info info_{};
	::watchdog_device raw_{};
	bool registered_ = false;
};

} // namespace kernel::watchdog
