// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/amba.hpp>
#include <kernel/device.hpp>
#include <kernel/gpio.hpp>
#include <kernel/io.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

using namespace kernel;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for PL061, Arm's chip with eight GPIO lines");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

// The registers have a bit for each line. A line's data is at the address that has its bit.
using Data = RegisterArray<u8, 0x000, 256, 4>;
using IsOutput = Register<u8, 0x400>;
using ByLevel = Register<u8, 0x404>;
using ByBothEdges = Register<u8, 0x408>;
using ByRisingOrHigh = Register<u8, 0x40c>;
using InterruptEnable = Register<u8, 0x410>;
using MaskedInterrupts = Register<u8, 0x418, Access::read_only>;
using InterruptClear = Register<u8, 0x41c, Access::write_only>;

class Pl061
{
public:
	static constexpr amba::Ids ids{amba::id(0x00041061, 0x000fffff)};
	static constexpr unsigned int lines = 8;

	static Result<Pl061> probe(amba::BoundDevice &device)
	{
		return {std::in_place, KTRY(device.map<0x1000>())};
	}

	explicit Pl061(Mmio<0x1000> registers)
	    : registers_{registers}, shared_{LOCK_CLASS("pl061"), registers}
	{
	}

	Result<> start(amba::BoundDevice &device)
	{
		registers_.write<InterruptEnable>(0);
		return chip_.add(device, *this, KTRY(device.irq(0)));
	}

	Result<bool> get(unsigned int line) const KCXX_MUST_NOT_SLEEP
	{
		return {std::in_place, registers_.read<Data>(1U << line) != 0};
	}

	Result<> set(unsigned int line, bool high) KCXX_MUST_NOT_SLEEP
	{
		registers_.write<Data>(1U << line, high ? 0xff : 0);
		return {};
	}

	[[nodiscard]] Result<gpio::Direction> direction(unsigned int line) const KCXX_MUST_NOT_SLEEP
	{
		const bool output = (registers_.read<IsOutput>().bits() >> line & 1) != 0;
		return output ? gpio::Direction::output : gpio::Direction::input;
	}

	Result<> make_input(unsigned int line) KCXX_MUST_NOT_SLEEP
	{
		put<IsOutput>(line, false);
		return {};
	}

	Result<> make_output(unsigned int line, bool high) KCXX_MUST_NOT_SLEEP
	{
		put<IsOutput>(line, true); // before, the chip keeps no data of the line
		return set(line, high);
	}

	[[nodiscard]] unsigned long pending_irqs() const KCXX_MUST_NOT_SLEEP
	{
		return registers_.read<MaskedInterrupts>().bits();
	}

	void mask_irq(unsigned int line) KCXX_MUST_NOT_SLEEP { put<InterruptEnable>(line, false); }
	void unmask_irq(unsigned int line) KCXX_MUST_NOT_SLEEP { put<InterruptEnable>(line, true); }
	void ack_irq(unsigned int line) KCXX_MUST_NOT_SLEEP
	{
		registers_.write<InterruptClear>(static_cast<u8>(1U << line));
	}

	Result<> set_trigger(unsigned int line, gpio::Trigger trigger) KCXX_MUST_NOT_SLEEP
	{
		const bool high = trigger == gpio::Trigger::high;
		put<ByLevel>(line, high || trigger == gpio::Trigger::low);
		put<ByBothEdges>(line, trigger == gpio::Trigger::both);
		put<ByRisingOrHigh>(line, high || trigger == gpio::Trigger::rising);
		return {};
	}

private:
	/// Sets the bit of a line in a register that all lines share
	template <typename Shared>
	void put(unsigned int line, bool value) KCXX_NEVER_SLEEPS
	{
		auto registers = shared_.lock();
		const unsigned int others = registers->read<Shared>().bits() & ~(1U << line);
		registers->write<Shared>(
			static_cast<u8>(others | static_cast<unsigned int>(value) << line));
	}

	Mmio<0x1000> registers_;
	RawSpinLock<Mmio<0x1000>, FromIrq> shared_;
	gpio::Chip chip_;
};

} // namespace

KERNEL_AMBA_DRIVER(Pl061);
