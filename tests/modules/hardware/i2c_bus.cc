// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Both sides of an I2C bus: an adapter whose only device is a model of a chip with 256 registers,
/// and the driver of the chip. The first byte that is sent is the number of a register; the bytes
/// behind it, and those that are read, are of this register and of those that follow.

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/i2c.hpp>
#include <kernel/memory.hpp>
#include <kernel/module.hpp>
#include <kernel/platform.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's I2C buses, and transfers of several parts");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

constexpr u16 address = 0x30;
constexpr unsigned int interrupt = 7; // no handler is registered for it
constexpr std::array properties{own_property("registers-number", u32{256})};

/// The chip, and the last transfer, as the driver of the chip cannot see them
struct Observed {
	std::array<u8, 256> registers{};
	int transfers = 0;
	std::size_t messages = 0;
};
constinit Observed observed; // behaviours run one at a time

class Bus
{
public:
	static constexpr platform::Ids ids{platform::id("kcxx_i2c_bus")};

	static Result<Bus> probe(platform::BoundDevice & /*device*/) { return {std::in_place}; }

	Result<> start(platform::BoundDevice &device)
	{
		i2c::Adapter &adapter = KTRY(i2c::add(device, *this, "a bus without wires"));
		if (adapter.add_device("kcxx_chip", 0x80).error_or(EPERM) != EINVAL)
			return EIO;
		KTRY(adapter.add_device("kcxx_chip", address,
					{.irq = interrupt, .properties = properties}));
		return adapter.add_device("kcxx_absent", address + 1);
	}

	Result<> transfer(i2c::Messages messages)
	{
		++observed.transfers;
		observed.messages = messages.size();
		for (const i2c::Message &message : messages) {
			if (message.address() != address)
				return ENXIO;
			for (bool is_first = true; const u8 byte : message.sent())
				if (std::exchange(is_first, false))
					at_ = byte;
				else
					observed.registers[at_++] = byte;
			for (u8 &byte : message.received())
				byte = observed.registers[at_++];
		}
		return {};
	}

private:
	u8 at_ = 0;
};

/// The driver of the chip, and of one that does not answer
class Chip
{
public:
	static constexpr i2c::Ids ids{i2c::id("kcxx_chip", true), i2c::id("kcxx_absent", false)};

	static Result<Chip> probe(i2c::BoundClient &client, const bool &answers)
	{
		const auto first = client.receive_byte();
		if (answers && !first)
			return dev_err_probe(client, first.error(), "the chip is silent\n");
		if (!answers && first.error_or(EPERM) != ENXIO)
			return EIO;
		return {std::in_place, client, answers};
	}
	Chip(i2c::BoundClient &bound, bool answers) : client{bound}, answers_{answers} {}

	Result<> start(i2c::BoundClient &bound);

	i2c::BoundClient &client;

private:
	bool answers_;
};

using Behaviour = BehaviourOf<Chip>;

Result<> device_is_as_its_bus_described_it(Chip &chip)
{
	CHECK(chip.client.irq() == interrupt);
	CHECK(KTRY(chip.client.property<u32>("registers-number")) == 256);
	CHECK(chip.client.has(i2c::functions::transfers | i2c::functions::byte |
			      i2c::functions::word_data));
	CHECK(!chip.client.has(i2c::functions::counted_block));
	return {};
}

Result<> parts_are_one_transfer(Chip &chip)
{
	const std::array<u8, 4> written{0x10, 1, 2, 3};
	const std::array<u8, 1> command{0x11};
	std::array<u8, 2> answer{};
	const int before = observed.transfers;
	KTRY(chip.client.transfer(i2c::send(written), i2c::send(command), i2c::receive(answer)));
	CHECK(observed.transfers == before + 1 && observed.messages == 3);
	CHECK(observed.registers[0x10] == 1 && answer == (std::array<u8, 2>{2, 3}));
	return {};
}

Result<> command_and_answer_are_one_transfer(Chip &chip)
{
	observed.registers[0x20] = 7;
	observed.registers[0x21] = 8;
	std::array<u8, 2> answer{};
	const int before = observed.transfers;
	KTRY(chip.client.write_then_read(std::array<u8, 1>{0x20}, answer));
	CHECK(observed.transfers == before + 1 && observed.messages == 2);
	CHECK(answer == (std::array<u8, 2>{7, 8}));
	return {};
}

Result<> buffers_are_of_any_memory(Chip &chip)
{
	Vec<u8> bytes;
	KTRY(bytes.resize(200, u8{0}, GFP_KERNEL));
	std::iota(observed.registers.begin(), observed.registers.end(), u8{0});
	KTRY(chip.client.transfer(i2c::send(std::array<u8, 1>{0x05}), i2c::receive(bytes)));
	CHECK(bytes[0] == 5 && bytes[199] == 204);
	return {};
}

Result<> part_that_is_too_long_is_refused(Chip &chip)
{
	Vec<u8> bytes;
	KTRY(bytes.resize(0x10000, u8{0}, GFP_KERNEL));
	const int before = observed.transfers;
	CHECK(chip.client.transfer(i2c::receive(bytes)).error_or(EPERM) == EINVAL);
	CHECK(observed.transfers == before);
	return {};
}

Result<> byte_without_a_register_is_at_the_last_place(Chip &chip)
{
	observed.registers[0x33] = 0x5a;
	KTRY(chip.client.send_byte(0x33));
	CHECK(KTRY(chip.client.receive_byte()) == 0x5a);
	return {};
}

Result<> words_have_either_order(Chip &chip)
{
	KTRY(chip.client.write_word(0x40, 0x1234));
	CHECK(observed.registers[0x40] == 0x34 && observed.registers[0x41] == 0x12);
	KTRY(chip.client.write_word_swapped(0x40, 0x1234));
	CHECK(observed.registers[0x40] == 0x12 && observed.registers[0x41] == 0x34);
	CHECK(KTRY(chip.client.read_word_swapped(0x40)) == 0x1234);
	CHECK(KTRY(chip.client.read_word(0x40)) == 0x3412);
	return {};
}

Result<> bytes_are_sent_and_received(Chip &chip)
{
	KTRY(chip.client.send(std::array<u8, 3>{0x50, 4, 5}));
	CHECK(observed.registers[0x50] == 4 && observed.registers[0x51] == 5);
	KTRY(chip.client.send_byte(0x50));
	std::array<u8, 2> bytes{};
	KTRY(chip.client.receive(bytes));
	CHECK(bytes == (std::array<u8, 2>{4, 5}));
	return {};
}

constexpr Behaviour behaviours[] = {
	BEHAVES(device_is_as_its_bus_described_it),
	BEHAVES(parts_are_one_transfer),
	BEHAVES(command_and_answer_are_one_transfer),
	BEHAVES(buffers_are_of_any_memory),
	BEHAVES(part_that_is_too_long_is_refused),
	BEHAVES(byte_without_a_register_is_at_the_last_place),
	BEHAVES(words_have_either_order),
	BEHAVES(bytes_are_sent_and_received),
};

Result<> Chip::start(i2c::BoundClient & /*bound*/)
{
	if (answers_)
		report(*this, behaviours);
	return {};
}

struct I2cBus {
	static Result<I2cBus> init(ThisModule &module)
	{
		auto chip = KTRY(i2c::Registration<Chip>::make(module));
		auto bus = KTRY(platform::Registration<Bus>::make(module));
		auto device = KTRY(platform::NewDevice::make("kcxx_i2c_bus"));
		return {std::in_place, std::move(chip), std::move(bus), std::move(device)};
	}

	i2c::Registration<Chip> chip;
	platform::Registration<Bus> bus;
	platform::NewDevice device;
};

} // namespace

KERNEL_I2C_DEVICE_TABLE(Chip);
KERNEL_PLATFORM_DEVICE_TABLE(Bus);
KERNEL_MODULE(I2cBus);
