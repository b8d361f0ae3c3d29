// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A real-time clock of memory alone, which keeps its time by the calendar.

#include <utility>

#include <kernel/device.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/rtc.hpp>
#include <kernel/time.hpp>
#include <kernel/types.hpp>

#include "behaviours.hpp"

using namespace kernel;
using namespace kernel::literals;

MODULE_DESCRIPTION("Tries the library's clocks on one of memory");
MODULE_LICENSE("GPL");

namespace
{

class Clock
{
public:
	static constexpr platform::Ids ids{platform::id("soft_clock")};

	static Result<Clock> probe(platform::BoundDevice &device)
	{
		return {std::in_place, device};
	}

	explicit Clock(platform::BoundDevice &device) : device_{device} {}

	Result<> start(platform::BoundDevice &device);

	[[nodiscard]] Result<rtc::Date> read_time() const
	{
		if (offset_ < 0)
			fsleep(20_ms); // a slow clock: another reader waits meanwhile
		return now_;
	}
	Result<> set_time(const rtc::Date &date)
	{
		now_ = date;
		return {};
	}

	[[nodiscard]] Result<long> read_offset() const { return {std::in_place, offset_}; }
	Result<> set_offset(long parts)
	{
		if (parts > 1000)
			return ERANGE;
		offset_ = parts;
		return {};
	}

	Result<> add()
	{
		return rtc_.add(device_, *this,
				{.first = 946684800, // 2000
				 .last = 4102444799, // 2099
				 .alarms = rtc::Alarms::none,
				 .update_interrupts = false});
	}
	void alarm() { rtc_.alarm(); }

private:
	platform::BoundDevice &device_;
	rtc::Date now_{.year = 2024, .month = 2, .day = 29, .hour = 23, .minute = 59, .second = 58};
	long offset_ = 0;
	rtc::Registration rtc_;
};

using Behaviour = BehaviourOf<Clock>;

Result<> seconds_become_a_date_and_again_seconds(Clock & /*clock*/)
{
	const rtc::Date date = rtc::date_of(1709251198);
	CHECK((date == rtc::Date{.year = 2024,
				 .month = 2,
				 .day = 29,
				 .hour = 23,
				 .minute = 59,
				 .second = 58,
				 .weekday = 4}));
	CHECK(KTRY(rtc::seconds_of(date)) == 1709251198);
	return {};
}

Result<> date_of_no_calendar_is_refused(Clock & /*clock*/)
{
	const rtc::Date date{
		.year = 2023, .month = 2, .day = 29, .hour = 0, .minute = 0, .second = 0};
	const Result<s64> seconds = rtc::seconds_of(date);
	CHECK(!seconds && seconds.error() == EINVAL);
	return {};
}

Result<> alarm_before_the_clock_is_added_is_ignored(Clock &clock)
{
	clock.alarm();
	return {};
}

Result<> clock_is_added_once(Clock &clock)
{
	KTRY(clock.add());
	const Result<> again = clock.add();
	CHECK(!again && again.error() == EBUSY);
	return {};
}

Result<> digits_of_a_clock_are_numbers(Clock & /*clock*/)
{
	static_assert(from_bcd(0x59) == 59 && to_bcd(59) == 0x59 && is_bcd(0x99));
	static_assert(!is_bcd(0x5a) && !is_bcd(0xa5) && to_bcd(7) == 0x07);
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(seconds_become_a_date_and_again_seconds),
	BEHAVES(date_of_no_calendar_is_refused),
	BEHAVES(alarm_before_the_clock_is_added_is_ignored),
	BEHAVES(clock_is_added_once),
	BEHAVES(digits_of_a_clock_are_numbers),
};

Result<> Clock::start(platform::BoundDevice & /*device*/)
{
	report(*this, behaviours);
	return {};
}

struct Clocks {
	static Result<Clocks> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Clock>::make(module));
		return {std::in_place, std::move(driver),
			KTRY(platform::NewDevice::make("soft_clock"))};
	}

	platform::Registration<Clock> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Clock);
KERNEL_MODULE(Clocks);
