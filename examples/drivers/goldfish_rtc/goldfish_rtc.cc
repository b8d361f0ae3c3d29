// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/device.hpp>
#include <kernel/interrupt.hpp>
#include <kernel/io.hpp>
#include <kernel/of.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/rtc.hpp>

using namespace kernel;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for Goldfish's real-time clock");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

// The registers. Times are nanoseconds since 1970: a read of the low half keeps the high one, and a
// write of the low half takes both.
using TimeLow = Register<u32, 0x00>;
using TimeHigh = Register<u32, 0x04>;
using AlarmLow = Register<u32, 0x08>;
using AlarmHigh = Register<u32, 0x0c>;
using InterruptEnable = Register<u32, 0x10>;
using ClearAlarm = Register<u32, 0x14, Access::write_only>;
using AlarmIsSet = Register<u32, 0x18, Access::read_only>;
using ClearInterrupt = Register<u32, 0x1c, Access::write_only>;

constexpr u64 per_second = 1000000000;

class GoldfishRtc
{
public:
	static constexpr of::Ids of_ids{of::compatible("google,goldfish-rtc")};

	static Result<GoldfishRtc> probe(platform::BoundDevice &device)
	{
		return {std::in_place, KTRY(device.map<0x20>(0))};
	}

	explicit GoldfishRtc(Mmio<0x20> registers) : registers_{registers} {}

	Result<> start(platform::BoundDevice &device)
	{
		KTRY(set_wakeup_capable(device));
		KTRY(rtc_.add(device, *this, {.last = ~u64{0} / per_second}));
		return irq_.request(device, KTRY(device.irq(0)));
	}

	[[nodiscard]] Result<s64> read_time() const
	{
		return {std::in_place, seconds<TimeLow, TimeHigh>()};
	}

	Result<> set_time(s64 seconds)
	{
		write<TimeLow, TimeHigh>(seconds);
		return {};
	}

	[[nodiscard]] Result<rtc::Alarm> read_alarm() const
	{
		return rtc::Alarm{.time = seconds<AlarmLow, AlarmHigh>(),
				  .enabled = registers_.read<AlarmIsSet>() != 0};
	}

	Result<> set_alarm(const rtc::Alarm &alarm)
	{
		if (alarm.enabled)
			write<AlarmLow, AlarmHigh>(alarm.time);
		else
			registers_.write<ClearAlarm>(1);
		return enable_alarm(alarm.enabled);
	}

	Result<> enable_alarm(bool enabled)
	{
		registers_.write<InterruptEnable>(enabled ? 1 : 0);
		return {};
	}

private:
	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
	{
		registers_.write<ClearInterrupt>(1);
		rtc_.alarm();
		return IrqReturn::handled;
	}

	template <typename Low, typename High>
	[[nodiscard]] s64 seconds() const
	{
		const u64 low = registers_.read<Low>().bits(); // first
		return static_cast<s64>((u64{registers_.read<High>().bits()} << 32 | low) /
					per_second);
	}

	template <typename Low, typename High>
	void write(s64 seconds)
	{
		const u64 time = static_cast<u64>(seconds) * per_second;
		registers_.write<High>(static_cast<u32>(time >> 32)); // first
		registers_.write<Low>(static_cast<u32>(time));
	}

	Mmio<0x20> registers_;
	rtc::Registration rtc_;
	Irq<&GoldfishRtc::interrupt> irq_{*this};
};

} // namespace

KERNEL_PLATFORM_DRIVER(GoldfishRtc);
