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
///             unsigned int time_left() const;             // may be missing
///
///             Result<> start(pci::BoundDevice &device)
///             {
///                     return watchdog::add(device, *this, {.identity = "pump's timer",
///                                                          .timeout = 30,
///                                                          .max_timeout = 2046});
///             }
///     };
///
/// The kernel calls one of the functions at a time. Context: process context; may sleep. Errors:
/// user space gets them.

#pragma once

#include <concepts>
#include <string_view>

#include <generated/bindings/watchdog.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/has_member.hpp>

struct watchdog_device;

namespace kernel::watchdog
{

/// True if the kernel's configuration wants watchdogs that never stop: CONFIG_WATCHDOG_NOWAYOUT
inline constexpr bool nowayout = KCXX_WATCHDOG_NOWAYOUT;

/// A watchdog, for add()
struct Settings {
	const char *identity = nullptr; ///< what users see as its name, up to 31 characters
	unsigned int timeout = 0;       ///< in seconds, unless users set another
	unsigned int min_timeout = 1;   ///< the least that users can set
	unsigned int max_timeout = 0;   ///< the most that users can set
	/// The wish of a module's parameter, in seconds. If it is 0 or cannot be, the property
	/// timeout-sec of the device counts, and else `timeout`.
	unsigned int wanted_timeout = 0;
	bool nowayout = watchdog::nowayout; ///< users cannot stop it, once it runs
	bool stop_on_reboot = true;         ///< an orderly reboot stops it
	bool caused_last_reset = false;     ///< the last reset of the machine was its work
};

} // namespace kernel::watchdog

namespace kernel::detail
{

KCXX_HAS_MEMBER(disarm);
KCXX_HAS_MEMBER(ping);
KCXX_HAS_MEMBER(set_timeout);
KCXX_HAS_MEMBER(time_left);

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
inline constexpr bool watchdog_tells_time = !Has_time_left<T> || requires(const T &timer) {
	{ timer.time_left() } -> std::same_as<unsigned int>;
};

/// C's watchdog and its description, for a timer of any class: it stays where it is.
class WatchdogDevice
{
public:
	WatchdogDevice(const watchdog::Settings &settings, unsigned int options)
	{
		info_.options = options | KCXX_WDIOF_KEEPALIVEPING | KCXX_WDIOF_MAGICCLOSE |
				(settings.caused_last_reset ? KCXX_WDIOF_CARDRESET : 0);
		const std::string_view identity{settings.identity};
		identity.copy(reinterpret_cast<char *>(info_.identity), sizeof(info_.identity) - 1);
		raw_.info = &info_;
		raw_.timeout = settings.timeout;
		raw_.min_timeout = settings.min_timeout;
		raw_.max_timeout = settings.max_timeout;
		raw_.bootstatus = settings.caused_last_reset ? KCXX_WDIOF_CARDRESET : 0;
		// SAFETY: the watchdog is not registered yet.
		bindings::kcxx_watchdog_set_flags(&raw_, settings.nowayout,
						  settings.stop_on_reboot);
	}
	WatchdogDevice(const WatchdogDevice &) = delete;
	WatchdogDevice &operator=(const WatchdogDevice &) = delete;
	~WatchdogDevice() KCXX_MAY_SLEEP
	{
		if (registered_)
			// SAFETY: the watchdog is registered. Afterwards the kernel calls nothing
			// of it, whichever files are open.
			bindings::watchdog_unregister_device(&raw_);
	}

	/// Registers it for the timer `driver`.
	Result<> add(BoundDevice &device, const ::watchdog_ops *operations, void *driver,
		     unsigned int wanted_timeout)
	{
		raw_.parent = device;
		raw_.ops = operations;
		raw_.driver_data = driver;
		// SAFETY, of both: this object stays until the watchdog is unregistered. An error
		// is that of a wish, for which the default counts.
		(void)bindings::watchdog_init_timeout(&raw_, wanted_timeout, device);
		KTRY(to_result(bindings::watchdog_register_device(&raw_)));
		registered_ = true;
		return {};
	}

private:
	::watchdog_info info_{};
	::watchdog_device raw_{};
	bool registered_ = false;
};

/// C's operations of the class T
template <typename T>
class WatchdogOperations
{
	using Raw = ::watchdog_device;

public:
	static constexpr unsigned int options = Has_set_timeout<T> ? KCXX_WDIOF_SETTIMEOUT : 0;

	[[nodiscard]] static const ::watchdog_ops *table() noexcept { return &table_; }

private:
	static T &timer_of(Raw *raw) { return *static_cast<T *>(raw->driver_data); }

	static int start(Raw *raw) { return to_c(timer_of(raw).arm(raw->timeout)); }
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
	static int set_timeout(Raw *raw, unsigned int seconds)
	{
		if constexpr (Has_set_timeout<T> && watchdog_is_set<T>) {
			const Result<> set = timer_of(raw).set_timeout(seconds);
			if (set)
				raw->timeout = seconds;
			return to_c(set);
		}
		return 0;
	}
	static unsigned int get_timeleft(Raw *raw)
	{
		if constexpr (Has_time_left<T> && watchdog_tells_time<T>)
			return timer_of(raw).time_left();
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
		if constexpr (Has_set_timeout<T>)
			table.set_timeout = &set_timeout;
		if constexpr (Has_time_left<T>)
			table.get_timeleft = &get_timeleft;
		return table;
	}

	static const ::watchdog_ops table_;
};

template <typename T>
constinit const ::watchdog_ops WatchdogOperations<T>::table_ = WatchdogOperations<T>::made();

} // namespace kernel::detail

namespace kernel::watchdog
{

/// Registers the watchdog of `timer`, for start() of the driver: /dev/watchdog0. It ends when the
/// device is unbound, before the driver's object, and is disarmed first unless it has no way out.
/// An open file reports ENODEV from then on. A file that is open keeps the module loaded.
///
/// Errors: EINVAL if the timer cannot be disarmed and the settings have no `max_timeout`; ENOMEM.
/// Context: may sleep.
template <typename T>
Result<> add(BoundDevice &device, T &timer, const Settings &settings) KCXX_MAY_SLEEP
{
	static_assert(detail::WatchdogArms<T>, "kcxx-E1486: the class has no watchdog: write in it "
					       "kernel::Result<> arm(unsigned int "
					       "seconds);");
	static_assert(detail::watchdog_disarms<T>, "kcxx-E1487: disarm() is not the one of a "
						   "watchdog: write kernel::Result<> disarm();");
	static_assert(
		detail::watchdog_pings<T>,
		"kcxx-E1488: ping() is not the one of a watchdog: write kernel::Result<> ping();");
	static_assert(
		detail::watchdog_is_set<T>,
		"kcxx-E1489: set_timeout() is not the one of a watchdog: write kernel::Result<> "
		"set_timeout(unsigned int seconds);");
	static_assert(detail::watchdog_tells_time<T>, "kcxx-E1490: time_left() is not the one of a "
						      "watchdog: write unsigned int time_left() "
						      "const;");
	using Operations = detail::WatchdogOperations<T>;
	auto made =
		KTRY(Box<detail::WatchdogDevice>::make(GFP_KERNEL, settings, Operations::options));
	KTRY(made->add(device, Operations::table(), &timer, settings.wanted_timeout));
	return device.at_unbind(
		[](void *data) { (void)detail::owner_of<Box<detail::WatchdogDevice>>(data); },
		detail::kept_by_c(std::move(made)));
}

} // namespace kernel::watchdog
