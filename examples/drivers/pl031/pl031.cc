// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/amba.hpp>
#include <kernel/device.hpp>
#include <kernel/interrupt.hpp>
#include <kernel/io.hpp>
#include <kernel/prelude.hpp>
#include <kernel/rtc.hpp>

using namespace kernel;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for PL031, Arm's real-time clock");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

// The registers: seconds since 1970, and bit 0 of all others
using Data = Register<u32, 0x00, Access::read_only>;
using Match = Register<u32, 0x04>;
using Load = Register<u32, 0x08>;
struct Control : Register<u32, 0x0c> {
	using Start = Bit<0>;
};
struct InterruptMask : Register<u32, 0x10> {
	using Alarm = Bit<0>;
};
struct RawInterrupt : Register<u32, 0x14, Access::read_only> {
	using Alarm = Bit<0>;
};
struct MaskedInterrupt : Register<u32, 0x18, Access::read_only> {
	using Alarm = Bit<0>;
};
struct InterruptClear : Register<u32, 0x1c, Access::write_only> {
	using Alarm = Bit<0>;
};

class Pl031
{
public:
	static constexpr amba::Ids ids{amba::id(0x00041031, 0x000fffff)};

	static Result<Pl031> probe(amba::BoundDevice &device)
	{
		return {std::in_place, KTRY(device.map<0x1000>())};
	}

	explicit Pl031(Mmio<0x1000> registers) : registers_{registers} {}

	Result<> start(amba::BoundDevice &device)
	{
		registers_.update<Control>(Control::Start{true});
		const unsigned int irq = KTRY(device.irq(0));
		KTRY(init_wakeup(device, irq));
		KTRY(rtc_.add(device, *this, {.last = 0xffffffff}));
		return irq_.request(device, irq);
	}

	[[nodiscard]] Result<s64> read_time() const { return registers_.read<Data>().bits(); }

	Result<> set_time(s64 seconds)
	{
		registers_.write<Load>(static_cast<u32>(seconds));
		return {};
	}

	[[nodiscard]] Result<rtc::Alarm> read_alarm() const
	{
		return rtc::Alarm{
			.time = registers_.read<Match>().bits(),
			.enabled = registers_.read<InterruptMask>().get<InterruptMask::Alarm>(),
			.pending = registers_.read<RawInterrupt>().get<RawInterrupt::Alarm>()};
	}

	Result<> set_alarm(const rtc::Alarm &alarm)
	{
		registers_.write<Match>(static_cast<u32>(alarm.time));
		return enable_alarm(alarm.enabled);
	}

	Result<> enable_alarm(bool enabled)
	{
		registers_.write<InterruptClear>(InterruptClear::Alarm{true});
		registers_.update<InterruptMask>(InterruptMask::Alarm{enabled});
		return {};
	}

private:
	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
	{
		if (!registers_.read<MaskedInterrupt>().get<MaskedInterrupt::Alarm>())
			return IrqReturn::none;
		registers_.write<InterruptClear>(InterruptClear::Alarm{true});
		rtc_.alarm();
		return IrqReturn::handled;
	}

	Mmio<0x1000> registers_;
	rtc::Registration rtc_;
	Irq<&Pl031::interrupt> irq_{*this};
};

} // namespace

KERNEL_AMBA_DRIVER(Pl031);
