// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A watchdog of memory alone, which runs when its driver comes, and counts one second at most.

#include <utility>

#include <kernel/device.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <kernel/sysfs.hpp>
#include <kernel/watchdog.hpp>

#include "behaviours.hpp"

using namespace kernel;
using namespace kernel::literals;

MODULE_DESCRIPTION("Tries the library's watchdogs on one of memory");
MODULE_LICENSE("GPL");

namespace
{

class Timer
{
public:
	static constexpr platform::Ids ids{platform::id("soft_watchdog")};

	static Result<Timer> probe(platform::BoundDevice &device)
	{
		return {std::in_place, device};
	}

	explicit Timer(platform::BoundDevice &device) : device_{device} {}

	Result<> start(platform::BoundDevice &device);
	Result<> add()
	{
		return watchdog_.add(
			device_, *this,
			{.identity = "soft watchdog",
			 .timeout = 60,
			 .pretimeout = 7,
			 .max_hw_heartbeat = 1_s,
			 .min_hw_heartbeat = 100_ms,
			 .hw_running = true,
			 .nowayout = false,
			 .restart_priority = 255,
			 .last_reset = watchdog::status::overheat | watchdog::status::card_reset,
			 .may_report = watchdog::status::fan_fault});
	}
	watchdog::Registration &registration() { return watchdog_; }

	Result<> arm(unsigned int seconds)
	{
		counted_.set(seconds);
		return {};
	}
	Result<> disarm()
	{
		counted_.set(0);
		pr_info("disarmed\n");
		return {};
	}
	Result<> ping()
	{
		pings_.add(1);
		return {};
	}
	Result<> set_timeout(unsigned int seconds) { return arm(seconds); }
	Result<> set_pretimeout(unsigned int seconds)
	{
		pretimeout_.set(seconds);
		return {};
	}
	[[nodiscard]] unsigned int time_left() const { return 42; }
	[[nodiscard]] watchdog::Status status() const { return watchdog::status::fan_fault; }
	void restart() KCXX_MUST_NOT_SLEEP { pr_info("restarts the machine\n"); }

	[[nodiscard]] unsigned int pings() const { return pings_.read(); }
	[[nodiscard]] unsigned int counted() const { return counted_.read(); }
	[[nodiscard]] unsigned int own_pretimeout() const { return pretimeout_.read(); }
	Result<> warn(bool /*now*/)
	{
		watchdog_.pretimeout();
		return {};
	}

	using Attributes = sysfs::Attributes<
		sysfs::ReadOnly<"pings", &Timer::pings>,
		sysfs::ReadOnly<"counted", &Timer::counted>,
		sysfs::ReadWrite<"warning", &Timer::own_pretimeout, &Timer::warn>>;

private:
	platform::BoundDevice &device_;
	Atomic<unsigned int> pings_;
	Atomic<unsigned int> counted_;
	Atomic<unsigned int> pretimeout_{7};
	watchdog::Registration watchdog_;
};

using Behaviour = BehaviourOf<Timer>;

Result<> warning_before_the_watchdog_is_added_is_ignored(Timer &timer)
{
	timer.registration().pretimeout();
	CHECK(!timer.registration().is_active());
	return {};
}

Result<> watchdog_is_added_once(Timer &timer)
{
	KTRY(timer.add());
	const Result<> again = timer.add();
	CHECK(!again && again.error() == EBUSY);
	return {};
}

Result<> watchdog_that_runs_is_not_active_until_it_is_opened(Timer &timer)
{
	CHECK(!timer.registration().is_active() && timer.registration().timeout() == 60);
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(warning_before_the_watchdog_is_added_is_ignored),
	BEHAVES(watchdog_is_added_once),
	BEHAVES(watchdog_that_runs_is_not_active_until_it_is_opened),
};

Result<> Timer::start(platform::BoundDevice & /*device*/)
{
	report(*this, behaviours);
	return {};
}

struct Timers {
	static Result<Timers> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Timer>::make(module));
		return {std::in_place, std::move(driver),
			KTRY(platform::NewDevice::make("soft_watchdog"))};
	}

	platform::Registration<Timer> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Timer);
KERNEL_MODULE(Timers);
