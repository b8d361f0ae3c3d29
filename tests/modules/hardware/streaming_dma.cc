// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Buffers that go to QEMU's edu and back. The guest has swiotlb=force, so that the device sees
/// copies, which are made when a buffer is mapped, synchronised and unmapped: what is forgotten
/// shows.

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <kernel/dma.hpp>
#include <kernel/io.hpp>
#include <kernel/memory.hpp>
#include <kernel/pci.hpp>
#include <kernel/random.hpp>
#include <kernel/time.hpp>

#include "behaviours.hpp"

using namespace kernel;
using namespace kernel::literals;

MODULE_LICENSE("Dual MIT/GPL");

namespace
{

using DmaSource = Register<u32, 0x80>;
using DmaDestination = Register<u32, 0x88>;
using DmaCount = Register<u32, 0x90>;
struct DmaCommand : Register<u32, 0x98> {
	using Start = Bit<0>; // 1 until the transfer is done
	using ToMemory = Bit<1>;
};

constexpr u64 device_memory = 0x40000;
constexpr std::size_t size = 1024;

/// The device, and its transfers
class Edu
{
public:
	static constexpr pci::Ids ids{pci::id(0x1234, 0x11e8)};

	static Result<Edu> probe(pci::BoundDevice &device)
	{
		KTRY(device.enable());
		auto registers = KTRY(device.map<0x100>(0));
		KTRY(dma::set_mask(device, 32));
		device.set_master();
		return {std::in_place, device, registers};
	}
	Edu(pci::BoundDevice &device, Mmio<0x100> registers)
	    : device_{device}, registers_{registers}
	{
	}

	Result<> start(pci::BoundDevice &device);

	[[nodiscard]] BoundDevice &device() const { return device_; }

	/// Copies from memory to the device, `at` bytes behind the start of its own.
	Result<> read(dma::Address from, std::size_t bytes, std::size_t at = 0)
	{
		return transfer(from.number(), device_memory + at, bytes, false);
	}
	/// Copies from the device to memory.
	Result<> write(dma::Address to, std::size_t bytes, std::size_t at = 0)
	{
		return transfer(device_memory + at, to.number(), bytes, true);
	}

private:
	Result<> transfer(u64 from, u64 to, std::size_t bytes, bool to_memory)
	{
		registers_.write<DmaSource>(static_cast<u32>(from));
		registers_.write<DmaDestination>(static_cast<u32>(to));
		registers_.write<DmaCount>(static_cast<u32>(bytes));
		registers_.write<DmaCommand>(DmaCommand::Start{true} |
					     DmaCommand::ToMemory{to_memory});
		return registers_
			.poll<DmaCommand>(
				[](auto value) { return !value.template get<DmaCommand::Start>(); },
				1_ms, 10_s)
			.transform([](auto /*value*/) {});
	}

	pci::BoundDevice &device_;
	Mmio<0x100> registers_;
};

using Behaviour = BehaviourOf<Edu>;
using Bytes = Vec<u8>;

Result<Bytes> random_vec(std::size_t count)
{
	Bytes made;
	KTRY(made.resize(count, u8{0}, GFP_KERNEL));
	random_bytes(std::as_writable_bytes(std::span{made.data(), made.size()}));
	return made;
}

bool equal(std::span<const u8> a, std::span<const u8> b)
{
	return std::ranges::equal(a, b);
}

/// Fetches the contents of the device's memory by a buffer of its own
Result<Bytes> contents(Edu &edu, std::size_t bytes)
{
	auto fetched = KTRY(dma::map<dma::from_device>(edu.device(), KTRY(random_vec(bytes))));
	KTRY(edu.write(fetched.address(), bytes));
	return std::move(fetched).unmap();
}

Result<> buffer_goes_to_the_device_and_comes_back(Edu &edu)
{
	auto sent = KTRY(random_vec(size));
	const u8 *place = sent.data();
	auto mapped = KTRY(dma::map<dma::to_device>(edu.device(), std::move(sent)));
	CHECK(mapped.size() == size && mapped.bytes() == size);
	KTRY(edu.read(mapped.address(), size));
	sent = std::move(mapped).unmap();
	CHECK(sent.data() == place && sent.size() == size);
	const auto received = KTRY(contents(edu, size));
	CHECK(equal({sent.data(), size}, {received.data(), size}));
	return {};
}

Result<> buffer_that_was_not_mapped_stays_with_its_owner(Edu &edu)
{
	Bytes nothing;
	CHECK(dma::map<dma::to_device>(edu.device(), std::move(nothing)).error_or(EPERM) == EINVAL);
	const std::size_t too_many = 2 * dma::max_mapping_size(edu.device());
	auto large = KTRY(random_vec(too_many));
	CHECK(dma::map<dma::to_device>(edu.device(), std::move(large)).error_or(EPERM) == ENOMEM);
	CHECK(large.size() == too_many); // NOLINT(bugprone-use-after-move)
	return {};
}

Result<> cpu_writes_a_mapped_buffer_while_it_is_synchronised(Edu &edu)
{
	auto mapped = KTRY(dma::map<dma::to_device>(edu.device(), KTRY(random_vec(size))));
	for (u8 round = 1; round <= 3; ++round) {
		{
			const auto cpu = mapped.sync();
			std::ranges::fill(cpu.elements(), round);
			cpu[7] = 99;
		}
		KTRY(edu.read(mapped.address(), size));
		const auto received = KTRY(contents(edu, size));
		CHECK(received[0] == round && received[7] == 99 && received[size - 1] == round);
	}
	return {};
}

Result<> cpu_reads_a_mapped_buffer_while_it_is_synchronised(Edu &edu)
{
	auto received = KTRY(dma::map<dma::from_device>(edu.device(), KTRY(random_vec(size))));
	for (u8 round = 1; round <= 3; ++round) {
		Bytes sent;
		KTRY(sent.resize(size, round, GFP_KERNEL));
		auto mapped = KTRY(dma::map<dma::to_device>(edu.device(), std::move(sent)));
		KTRY(edu.read(mapped.address(), size));
		KTRY(edu.write(received.address(), size));
		const auto cpu = received.sync();
		CHECK(std::ranges::all_of(cpu.elements(),
					  [round](u8 byte) { return byte == round; }));
	}
	return {};
}

/// A structure that the device reads and answers in
struct Message {
	u64 question;
	u64 answer;
};

Result<> device_reads_and_writes_a_bidirectional_box(Edu &edu)
{
	auto box = KTRY(Box<Message>::make(GFP_KERNEL, Message{.question = 6, .answer = 0}));
	auto mapped = KTRY(dma::map<dma::bidirectional>(edu.device(), std::move(box)));
	CHECK(mapped.size() == 1 && mapped.bytes() == sizeof(Message));
	KTRY(edu.read(mapped.address(), sizeof(u64)));
	KTRY(edu.write(mapped.address() + sizeof(u64), sizeof(u64)));
	box = std::move(mapped).unmap();
	CHECK(box->question == 6 && box->answer == 6);
	return {};
}

Result<> page_is_mapped(Edu &edu)
{
	auto page = KTRY(Page::make(GFP_KERNEL));
	auto mapped = KTRY(dma::map<dma::to_device>(edu.device(), std::move(page)));
	CHECK(mapped.bytes() == PAGE_SIZE);
	KTRY(edu.read(mapped.address(), size));
	const auto received = KTRY(contents(edu, size));
	CHECK(std::ranges::all_of(std::span{received.data(), size},
				  [](u8 byte) { return byte == 0; }));
	page = std::move(mapped).unmap();
	return page.zero();
}

Result<> mapping_that_is_assigned_ends_the_old_one(Edu &edu)
{
	auto mapped = KTRY(dma::map<dma::to_device>(edu.device(), KTRY(random_vec(size))));
	const auto first = mapped.address();
	mapped = KTRY(dma::map<dma::to_device>(edu.device(), KTRY(random_vec(2 * size))));
	CHECK(mapped.address() != first && mapped.size() == 2 * size);
	return {};
}

Result<Vec<Bytes>> filled_buffers(std::size_t count)
{
	Vec<Bytes> buffers;
	for (std::size_t i = 0; i < count; ++i) {
		Bytes buffer;
		KTRY(buffer.resize(size, static_cast<u8>(i + 1), GFP_KERNEL));
		KTRY(buffers.push(std::move(buffer), GFP_KERNEL));
	}
	return buffers;
}

Result<> list_of_buffers_goes_to_the_device_and_comes_back(Edu &edu)
{
	constexpr std::size_t count = 3; // a transfer does not reach the last byte of 4 KiB
	auto list = KTRY(dma::map_list<dma::bidirectional>(
		edu.device(), KTRY(filled_buffers(count)), GFP_KERNEL));
	CHECK(list.size() == count && list.segments() >= 1 && list.segments() <= count);
	std::size_t at = 0;
	for (const auto [address, bytes] : list) {
		KTRY(edu.read(address, bytes, at));
		at += bytes;
	}
	CHECK(at == count * size);
	const auto received = KTRY(contents(edu, at));
	for (std::size_t i = 0; i < at; ++i)
		CHECK(received[i] == i / size + 1);
	{
		const auto cpu = list.sync();
		std::ranges::fill(cpu.elements(count - 1), u8{77});
	}
	at = 0;
	for (const auto [address, bytes] :
	     list) { // the last buffer goes to where the first one lay
		at += bytes;
		if (at == count * size)
			KTRY(edu.read(address + (bytes - size), size));
	}
	CHECK(KTRY(contents(edu, size))[0] == 77);
	const auto buffers = std::move(list).unmap();
	CHECK(buffers.size() == count && buffers[0][0] == 1 && buffers[count - 1][0] == 77);
	return {};
}

Result<> list_of_nothing_is_refused(Edu &edu)
{
	Vec<Bytes> none;
	CHECK(!dma::map_list<dma::to_device>(edu.device(), std::move(none), GFP_KERNEL));
	auto buffers = KTRY(filled_buffers(2));
	buffers[1].clear();
	CHECK(!dma::map_list<dma::to_device>(edu.device(), std::move(buffers), GFP_KERNEL));
	CHECK(buffers.size() == 2); // NOLINT(bugprone-use-after-move)
	return {};
}

Result<> list_of_pages_is_read_by_the_device(Edu &edu)
{
	Vec<Page> pages;
	for (int i = 0; i < 2; ++i)
		KTRY(pages.push(KTRY(Page::make(GFP_KERNEL)), GFP_KERNEL));
	auto list = KTRY(dma::map_list<dma::to_device>(edu.device(), std::move(pages), GFP_KERNEL));
	for (const dma::Segment segment : list)
		KTRY(edu.read(segment.address, size));
	CHECK(KTRY(contents(edu, size))[size - 1] == 0);
	return {};
}

Result<> pool_has_aligned_zeroed_objects_that_the_device_writes(Edu &edu)
{
	auto pool = KTRY(dma::Pool<Message>::make(edu.device(), "messages", 64));
	auto first = KTRY(pool.allocate(GFP_KERNEL));
	auto second = KTRY(pool.allocate(GFP_KERNEL));
	CHECK(first.address() != second.address());
	CHECK(first.address().number() % 64 == 0 && second.address().number() % 64 == 0);
	CHECK(first.read().question == 0 && second.read().answer == 0);
	first.write({.question = 42, .answer = 43});
	KTRY(edu.read(first.address(), sizeof(Message)));
	KTRY(edu.write(second.address(), sizeof(Message)));
	CHECK(second.read().question == 42 && second.read().answer == 43);
	first = std::move(second);
	CHECK(first.read().question == 42);
	CHECK(!dma::Pool<Message>::make(edu.device(), "messages", 48));
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(buffer_goes_to_the_device_and_comes_back),
	BEHAVES(buffer_that_was_not_mapped_stays_with_its_owner),
	BEHAVES(cpu_writes_a_mapped_buffer_while_it_is_synchronised),
	BEHAVES(cpu_reads_a_mapped_buffer_while_it_is_synchronised),
	BEHAVES(device_reads_and_writes_a_bidirectional_box),
	BEHAVES(page_is_mapped),
	BEHAVES(mapping_that_is_assigned_ends_the_old_one),
	BEHAVES(list_of_buffers_goes_to_the_device_and_comes_back),
	BEHAVES(list_of_nothing_is_refused),
	BEHAVES(list_of_pages_is_read_by_the_device),
	BEHAVES(pool_has_aligned_zeroed_objects_that_the_device_writes),
};

Result<> Edu::start(pci::BoundDevice & /*device*/)
{
	report(*this, behaviours);
	return {};
}

} // namespace

KERNEL_PCI_DRIVER(Edu);
