// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Messages as interrupts (MSI-X) of a PCI Express device, each with its handler: QEMU's e1000e,
/// which raises what is written to it. The first is for the device, the others are spread over the
/// guest's two CPUs.

#include <array>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/interrupt.hpp>
#include <kernel/io.hpp>
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <kernel/sysfs.hpp>
#include <kernel/time.hpp>

#include "behaviours.hpp"

using namespace kernel;
using namespace kernel::literals;

MODULE_DESCRIPTION("Tries the library's message interrupts on QEMU's e1000e");
MODULE_LICENSE("GPL");

namespace
{

// A bit for each cause: those of the first queues from bit 20 on
using CauseSet = Register<u32, 0xc8, Access::write_only>;
using MaskSet = Register<u32, 0xd0>;
using AutoClear = Register<u32, 0xdc>;
struct Control : Register<u32, 0x18> {
	using MaskIsKept = Bit<27>;
};
struct Vectors : Register<u32, 0xe4> {
	using First = Field<3, 0>;
	using Second = Field<7, 4>;
	using Third = Field<11, 8>;
};

/// A message, which counts how often it came
class Message
{
public:
	[[nodiscard]] Result<> request(BoundDevice &device, unsigned int number)
	{
		return irq.request(device, number);
	}
	[[nodiscard]] unsigned int count() const { return count_.read(); }

private:
	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
	{
		count_.fetch_add(1);
		return IrqReturn::handled;
	}

	Atomic<unsigned int> count_{0};

public:
	Irq<&Message::interrupt> irq{*this};
};

class Card
{
public:
	static constexpr pci::Ids ids{pci::id(0x8086, 0x10d3)};

	static Result<Card> probe(pci::BoundDevice &device)
	{
		if (device.subdevice() == 0) // aer_device.cc has the other
			return ENODEV;
		KTRY(device.enable());
		device.set_master(); // for its messages
		return {std::in_place, device, KTRY(device.map<0x20000>(0))};
	}
	Card(pci::BoundDevice &bound, Mmio<0x20000> mapped) : device{bound}, registers{mapped} {}

	Result<> start(pci::BoundDevice &bound);

	/// Raises the cause that the vector `index` has, and waits for its handler: the device
	/// delays a message that follows another.
	Result<> raise(unsigned int index)
	{
		if (index >= messages.size())
			return EINVAL;
		const unsigned int before = messages[index].count();
		registers.write<CauseSet>(1U << (20 + index));
		for (int tries = 0; tries < 1000 && messages[index].count() == before; ++tries)
			fsleep(1_ms);
		return messages[index].count() == before + 1 ? Result<>{} : ETIMEDOUT;
	}

	[[nodiscard]] unsigned int raised() const { return messages[0].count(); }
	using Attributes =
		sysfs::Attributes<sysfs::ReadWrite<"raise", &Card::raised, &Card::raise>>;

	pci::BoundDevice &device;
	Mmio<0x20000> registers;
	std::array<Message, 3> messages;
};

struct Tried {
	Card &card;
	pci::IrqVectors vectors;
};
using Behaviour = BehaviourOf<Tried>;

Result<> there_are_not_more_spread_vectors_than_cpus(Tried &tried)
{
	CHECK(tried.vectors.count() == 3); // of the five that the device has
	return {};
}

Result<> each_cpu_has_one_of_the_spread_vectors(Tried &tried)
{
	for (unsigned int cpu = 0; cpu < 2; ++cpu)
		CHECK(tried.vectors.serves(1, cpu) != tried.vectors.serves(2, cpu));
	CHECK(tried.vectors.serves(1, 0) != tried.vectors.serves(1, 1));
	CHECK(!tried.vectors.serves(1, 100000));
	return {};
}

Result<> message_calls_its_own_handler(Tried &tried)
{
	auto &messages = tried.card.messages;
	for (unsigned int index = 0; index < messages.size(); ++index) {
		for (unsigned int times = 0; times <= index; ++times)
			KTRY(tried.card.raise(index));
		CHECK(messages[index].count() == index + 1);
	}
	CHECK(messages[0].count() == 1);
	return {};
}

Result<> message_goes_to_a_cpu_that_there_is(Tried &tried)
{
	auto &irq = tried.card.messages[0].irq;
	CHECK(irq.set_cpu(100000).error_or(EPERM) == EINVAL);
	KTRY(irq.set_cpu(0));
	return irq.set_cpu(1);
}

Result<> wake_is_kept_in_balance(Tried &tried)
{
	auto &messages = tried.card.messages;
	KTRY(messages[1].irq.set_wake(false));
	KTRY(messages[1].irq.set_wake(true));
	KTRY(messages[1].irq.set_wake(true));
	KTRY(messages[1].irq.set_wake(false));
	return messages[2].irq.set_wake(true); // until the device is unbound
}

const Behaviour behaviours[] = {
	BEHAVES(there_are_not_more_spread_vectors_than_cpus),
	BEHAVES(each_cpu_has_one_of_the_spread_vectors),
	BEHAVES(message_calls_its_own_handler),
	BEHAVES(message_goes_to_a_cpu_that_there_is),
	BEHAVES(wake_is_kept_in_balance),
};

Result<> Card::start(pci::BoundDevice &bound)
{
	if (bound.spread_irq_vectors(6, 9, {}, pci::irq_kinds::msix)) // the device has five
		return EINVAL;
	const auto vectors =
		KTRY(bound.spread_irq_vectors(3, 5, {.before = 1}, pci::irq_kinds::msix));
	for (unsigned int index = 0; index < messages.size(); ++index)
		KTRY(messages[index].request(bound, vectors.irq(index)));
	constexpr u32 valid = 8;
	registers.write<Vectors>(Vectors::First{valid | 0} | Vectors::Second{valid | 1} |
				 Vectors::Third{valid | 2});
	registers.update<Control>(Control::MaskIsKept{true});
	registers.write<AutoClear>(7U << 20);
	registers.write<MaskSet>(7U << 20);
	Tried tried{*this, vectors};
	report(tried, behaviours);
	return {};
}

} // namespace

KERNEL_PCI_DRIVER(Card);
