// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/device.hpp>
#include <kernel/io.hpp>
#include <kernel/module.hpp>
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>
#include <kernel/watchdog.hpp>

using namespace kernel;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for the watchdog in Intel's 6300ESB");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

constinit ModuleParam<unsigned int> heartbeat{0};
MODULE_PARAM(heartbeat, 0, "the timeout in seconds, 1 to 2046; default: 30");
constinit ModuleParam<bool> nowayout{watchdog::nowayout};
MODULE_PARAM(nowayout, 0, "the watchdog cannot be stopped once it runs");

// In the configuration space
struct Configuration : Register<u16, 0x60> {
	using Interrupt = Field<1, 0>; // of the first timer
	static constexpr u16 no_interrupt = 3;
	using FastTicks = Bit<2>; // of 1 MHz, and else of 1 kHz
	using NoReset = Bit<5>;   // when the second timer ends
};
struct Lock : Register<u8, 0x68> {
	using Locked = Bit<0>; // until the machine is reset
	using Enabled = Bit<1>;
};

// In BAR 0. The timers count down one after the other, from here, in steps of 1/1024 s.
using FirstTimer = Register<u32, 0x00>;
using SecondTimer = Register<u32, 0x04>;
struct Reload : Register<u16, 0x0c> {
	using Both = Bit<8>;    // timers start from their beginning
	using Expired = Bit<9>; // a 1 clears it
};

class I6300esb
{
public:
	static constexpr pci::Ids ids{pci::id(0x8086, 0x25ab)};

	static Result<I6300esb> probe(pci::BoundDevice &device)
	{
		KTRY(device.enable());
		return {std::in_place, KTRY(device.map<0x10>(0)), device.config()};
	}

	I6300esb(Mmio<0x10> timers, pci::ConfigSpace<256> config) : timers_{timers}, config_{config}
	{
	}

	Result<> start(pci::BoundDevice &device)
	{
		config_.write<Configuration>(Configuration::Interrupt{Configuration::no_interrupt});
		const bool locked = config_.read<Lock>().get<Lock::Locked>();
		config_.write<Lock>(0);
		unlock();
		const bool expired = timers_.read<Reload>().get<Reload::Expired>();
		unlock();
		timers_.write<Reload>(Reload::Expired{true} | Reload::Both{true});
		dev_info(device, "%s\n", expired ? "the last reset was its work" : "ready");
		return watchdog_.add(device, *this,
				     {.identity = "i6300ESB timer",
				      .timeout = 30,
				      .max_timeout = 2046,
				      .wanted_timeout = heartbeat.get(),
				      .nowayout = nowayout.get() || locked,
				      .last_reset = expired ? watchdog::status::card_reset
							    : watchdog::Status{}});
	}

	Result<> arm(unsigned int seconds)
	{
		KTRY(set_timeout(seconds));
		config_.write<Lock>(Lock::Enabled{true} | Lock::Locked{nowayout.get()});
		return {};
	}

	Result<> disarm()
	{
		KTRY(ping());
		config_.write<Lock>(0);
		if (config_.read<Lock>().get<Lock::Enabled>())
			return EBUSY; // it is locked
		return {};
	}

	Result<> ping()
	{
		unlock();
		timers_.write<Reload>(Reload::Both{true});
		return {};
	}

	Result<> set_timeout(unsigned int seconds)
	{
		const u32 half = seconds * 512;
		unlock();
		timers_.write<FirstTimer>(half);
		unlock();
		timers_.write<SecondTimer>(half);
		return ping();
	}

private:
	/// Lets one write to the timers pass
	void unlock()
	{
		timers_.write<Reload>(0x80);
		timers_.write<Reload>(0x86);
	}

	Mmio<0x10> timers_;
	pci::ConfigSpace<256> config_;
	watchdog::Registration watchdog_;
};

} // namespace

KERNEL_PCI_DRIVER(I6300esb);
