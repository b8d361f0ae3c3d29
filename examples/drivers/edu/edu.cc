// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/dma.hpp>
#include <kernel/fs.hpp>
#include <kernel/interrupt.hpp>
#include <kernel/io.hpp>
#include <kernel/kstrtox.hpp>
#include <kernel/memory.hpp>
#include <kernel/module.hpp>
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>
#include <kernel/random.hpp>
#include <kernel/sync.hpp>
#include <kernel/types.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for QEMU's edu, a PCI device to learn from");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

constinit ModuleParam<unsigned int> dma_bits{28};
MODULE_PARAM(dma_bits, 0444, "the bits of an address that the device has, by its dma_mask");

// The registers in BAR 0
using Identification = Register<u32, 0x00, Access::read_only>;
using Liveness = Register<u32, 0x04>; // reads as the complement of what was written
using Factorial = Register<u32, 0x08>;
struct Status : Register<u32, 0x20> {
	using InterruptWhenComputed = Bit<7>;
};
using InterruptStatus = Register<u32, 0x24, Access::read_only>;
using InterruptAcknowledge = Register<u32, 0x64, Access::write_only>;
using DmaSource = Register<u32, 0x80>;
using DmaDestination = Register<u32, 0x88>;
using DmaCount = Register<u32, 0x90>;
struct DmaCommand : Register<u32, 0x98> {
	using Start = Bit<0>;
	using ToMemory = Bit<1>; // else from memory
	using InterruptWhenDone = Bit<2>;
};

constexpr u32 of_factorial = 1U << 0; // bits of the interrupt's registers
constexpr u32 of_dma = 1U << 8;

constexpr dma::Address device_memory{0x40000}; // the device's own 4 KiB

class Edu;

/// An open file of /dev/edu, for a number: it is read as its factorial
class Question
{
public:
	using Data = Revocable<Edu>;

	static Result<Question> open(const File & /*file*/, Arc<Data> edu)
	{
		return {std::in_place, std::move(edu)};
	}
	explicit Question(Arc<Data> edu) : edu_{std::move(edu)} {}

	Result<> write(const File &file, UserReader &from, Offset &position) const;
	Result<> read(const File &file, UserWriter &to, Offset &position) const;

private:
	Arc<Data> edu_;
	mutable Atomic<u32> number_{0};
};

class Edu
{
public:
	static constexpr pci::Ids ids{pci::id(0x1234, 0x11e8)};

	static Result<Edu> probe(pci::BoundDevice &device);
	Result<> start(pci::BoundDevice &device);

	Edu(Mmio<0x100> registers, pci::IrqVectors vectors)
	    : registers_{registers}, vectors_{vectors}
	{
	}

	Result<u32> factorial(u32 number) const;

private:
	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP;
	Result<> wait_for(u32 interrupts) const;
	Result<> copy(dma::Address from, dma::Address to, std::size_t size, bool to_memory);
	Result<> test_dma(pci::BoundDevice &device);
	Result<> test_streaming_dma(pci::BoundDevice &device);

	Mmio<0x100> registers_;
	pci::IrqVectors vectors_;
	Atomic<u32> interrupts_{0}; // of the last interrupt
	mutable Completion interrupted_;
	struct Turn {
	};
	mutable Mutex<Turn> turn_{LOCK_CLASS("turn")}; // of a user of the registers
	Irq<&Edu::interrupt> irq_{*this};
	std::optional<MiscDevice<Question>> node_;
};

Result<> Question::write(const File & /*file*/, UserReader &from, Offset &position) const
{
	auto text = KTRY(from.read_all(16, GFP_KERNEL));
	number_.set(KTRY(parse_number<u32>({text.data(), text.size()})));
	position = 0; // of the answer
	return {};
}

Result<> Question::read(const File & /*file*/, UserWriter &to, Offset &position) const
{
	const auto edu = edu_->try_access();
	if (!edu)
		return ENODEV;
	if (position != 0)
		return {};
	auto answer =
		KTRY(String::format(GFP_KERNEL, "%u\n", KTRY(edu->factorial(number_.read()))));
	position += static_cast<Offset>(KTRY(to.write_some(answer.view())));
	return {};
}

IrqReturn Edu::interrupt() noexcept
{
	const u32 interrupts = registers_.read<InterruptStatus>().bits();
	if (interrupts == 0)
		return IrqReturn::none;
	registers_.write<InterruptAcknowledge>(interrupts);
	interrupts_.set(interrupts);
	interrupted_.complete();
	return IrqReturn::handled;
}

Result<> Edu::wait_for(u32 interrupts) const
{
	KTRY(interrupted_.wait_timeout(seconds(10)));
	if (interrupts_.read() != interrupts)
		return EIO;
	return {};
}

Result<u32> Edu::factorial(u32 number) const
{
	auto turn = turn_.lock();
	registers_.write<Status>(Status::InterruptWhenComputed{true});
	registers_.write<Factorial>(number);
	KTRY(wait_for(of_factorial));
	return registers_.read<Factorial>().bits();
}

Result<> Edu::copy(dma::Address from, dma::Address to, std::size_t size, bool to_memory)
{
	registers_.write<DmaSource>(static_cast<u32>(from.number()));
	registers_.write<DmaDestination>(static_cast<u32>(to.number()));
	registers_.write<DmaCount>(static_cast<u32>(size));
	registers_.write<DmaCommand>(DmaCommand::Start{true} | DmaCommand::ToMemory{to_memory} |
				     DmaCommand::InterruptWhenDone{true});
	return wait_for(of_dma);
}

/// Sends random bytes to the device, and fetches them back
Result<> Edu::test_dma(pci::BoundDevice &device)
{
	constexpr std::size_t size = 1024;
	auto sent = KTRY(dma::Coherent<u8>::make(device, size, GFP_KERNEL));
	auto received = KTRY(dma::Coherent<u8>::make(device, size, GFP_KERNEL));
	// After a failure, no late transfer: it would reach memory of another user
	ScopeGuard no_transfer{[&device] { device.clear_master(); }};

	random_bytes(std::as_writable_bytes(sent.elements()));
	KTRY(copy(sent.address(), device_memory, size, false));
	KTRY(copy(device_memory, received.address(), size, true));
	if (!std::ranges::equal(sent.elements(), received.elements()))
		return EIO;
	no_transfer.dismiss();
	dev_info(device, "%zu bytes went to the device and came back\n", size);
	return {};
}

/// The same with buffers that belong to the CPU and to the device in turn
Result<> Edu::test_streaming_dma(pci::BoundDevice &device)
{
	Vec<u8> bytes;
	KTRY(bytes.resize(512, u8{0}, GFP_KERNEL));
	random_bytes(std::as_writable_bytes(std::span{bytes.data(), bytes.size()}));
	Vec<u8> room;
	KTRY(room.resize(bytes.size(), u8{0}, GFP_KERNEL));
	auto sent = KTRY(dma::map<dma::to_device>(device, std::move(bytes)));
	auto received = KTRY(dma::map<dma::from_device>(device, std::move(room)));
	ScopeGuard no_transfer{[&device] { device.clear_master(); }};

	KTRY(copy(sent.address(), device_memory, sent.bytes(), false));
	KTRY(copy(device_memory, received.address(), received.bytes(), true));
	bytes = std::move(sent).unmap();
	room = std::move(received).unmap();
	if (!std::ranges::equal(bytes, room))
		return EIO;
	no_transfer.dismiss();
	dev_info(device, "%zu bytes went there and back by streaming\n", bytes.size());
	return {};
}

Result<Edu> Edu::probe(pci::BoundDevice &device)
{
	KTRY(device.enable());
	auto registers = KTRY(device.map<0x100>(0));
	registers.write<Liveness>(0x12345678);
	if (registers.read<Liveness>() != ~0x12345678U)
		return ENODEV;

	KTRY(dma::set_mask(device, dma_bits.get()));
	device.set_master();
	auto vectors = KTRY(device.irq_vectors(1, 1));
	return {std::in_place, registers, vectors};
}

Result<> Edu::start(pci::BoundDevice &device)
{
	KTRY(irq_.request(device, vectors_.irq(0), irq_flags::shared));
	dev_info(device, "id %08x, interrupts by %s\n", registers_.read<Identification>().bits(),
		 device.has_messages() ? "MSI" : "INTx");
	dev_info(device, "10! = %u\n", KTRY(factorial(10)));
	KTRY(test_dma(device));
	KTRY(test_streaming_dma(device));

	auto reference = KTRY(Revocable<Edu>::make(device, *this));
	node_ = KTRY(MiscDevice<Question>::make("edu", 0600, std::move(reference)));
	return {};
}

} // namespace

KERNEL_PCI_DRIVER(Edu);
