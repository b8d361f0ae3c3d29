// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Both sides of an SPI bus: a controller whose only device is a model of a chip with registers,
/// and the driver of the chip. The first byte of a message has the number of a register, and 0x80
/// to read it; the bytes behind it are of this register and of those that follow.

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/dma.hpp>
#include <kernel/memory.hpp>
#include <kernel/module.hpp>
#include <kernel/platform.hpp>
#include <kernel/regmap.hpp>
#include <kernel/spi.hpp>
#include <kernel/sync.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_LICENSE("Dual MIT/GPL");

namespace
{

constexpr u8 greeting = 0x5a; // answers the first byte
constexpr u8 broken = 0x7f;   // a message to this register fails
constexpr u32 fastest = 10'000'000;
constexpr unsigned int interrupt = 7; // no handler is registered for it
constexpr std::array properties{own_property("registers-number", u32{2})};
constexpr std::array led{own_property("label", "green")};
constexpr std::array nodes{OwnNode{led}};

/// The bus and the chip, as the driver of the chip cannot see them
struct Observed {
	std::array<u8, 128> registers{};
	int selections = 0;
	int exchanges = 0;
	u32 speed_hz = 0;
	spi::Mode mode = spi::Mode::mode0;
};
constinit Observed observed; // behaviours run one at a time

class Bus
{
public:
	static constexpr platform::Ids ids{platform::id("kcxx_spi_bus")};

	static Result<Bus> probe(platform::BoundDevice & /*device*/) { return {std::in_place}; }

	Result<> start(platform::BoundDevice &device)
	{
		spi::Controller &controller =
			KTRY(spi::add(device, *this,
				      {.chip_selects = 2,
				       .modes = spi::Mode::mode1, // no polarity
				       .max_speed_hz = fastest}));
		KTRY(controller.add_device("kcxx_chip", {.max_speed_hz = 1'000'000,
							 .irq = interrupt,
							 .properties = properties,
							 .children = nodes}));
		if (controller.add_device("kcxx_chip", {.chip_select = 7}).error_or(EPERM) !=
		    ENODEV)
			return EIO;
		return {};
	}

	Result<> setup(spi::Device &device)
	{
		observed.mode = device.mode();
		return {};
	}

	void set_chip_select(spi::Device & /*device*/, bool high)
	{
		if (high)
			return;
		++observed.selections;
		is_first_ = true;
	}

	Result<> transfer(spi::Device & /*device*/, const spi::Exchange &exchange)
	{
		++observed.exchanges;
		observed.speed_hz = exchange.speed_hz();
		const auto sent = exchange.sent();
		const auto received = exchange.received();
		for (std::size_t i = 0; i < exchange.size(); ++i) {
			const u8 out = clock(sent.empty() ? u8{0} : sent[i]);
			if (!received.empty())
				received[i] = out;
		}
		if (at_ == broken)
			return EIO;
		return {};
	}

private:
	/// A byte goes to the chip, and another one comes back.
	u8 clock(u8 in)
	{
		if (std::exchange(is_first_, false)) {
			at_ = in & 0x7f;
			reads_ = (in & 0x80) != 0;
			return greeting;
		}
		u8 &place = observed.registers[at_++ % observed.registers.size()];
		if (reads_)
			return place;
		place = in;
		return 0;
	}

	bool is_first_ = true;
	bool reads_ = false;
	unsigned int at_ = 0;
};

/// The driver of the chip
class Chip
{
public:
	static constexpr spi::Ids ids{spi::id("another"), spi::id("kcxx_chip")};

	static Result<Chip> probe(spi::BoundDevice &device) { return {std::in_place, device}; }
	explicit Chip(spi::BoundDevice &bound) : device{bound} {}

	Result<> start(spi::BoundDevice &bound);

	spi::BoundDevice &device;
};

using Behaviour = BehaviourOf<Chip>;
using Bytes = Vec<u8>;

Result<Bytes> bytes_of(std::initializer_list<u8> values, std::size_t more = 0)
{
	Bytes made;
	for (const u8 value : values)
		KTRY(made.push(value, GFP_KERNEL));
	KTRY(made.resize(values.size() + more, u8{0}, GFP_KERNEL));
	return made;
}

Result<> device_is_as_its_controller_described_it(Chip &chip)
{
	CHECK(chip.device.irq() == interrupt);
	CHECK(KTRY(chip.device.property<u32>("registers-number")) == 2);
	int found = 0;
	for (const Node &node : child_nodes(chip.device)) {
		CHECK(std::string_view{KTRY(node.property<const char *>("label"))} == "green");
		++found;
	}
	CHECK(found == 1);
	return {};
}

Result<> short_messages_are_of_any_memory(Chip &chip)
{
	KTRY(chip.device.write(std::array<u8, 3>{0x10, 11, 12}));
	CHECK(observed.registers[0x10] == 11 && observed.registers[0x11] == 12);
	std::array<u8, 2> answer{};
	KTRY(chip.device.write_then_read(std::array<u8, 1>{0x90}, answer));
	CHECK(answer == (std::array<u8, 2>{11, 12}));
	return {};
}

Result<> transfers_of_a_message_are_one_selection(Chip &chip)
{
	observed.registers[0x20] = 1;
	observed.registers[0x23] = 4;
	const auto command = KTRY(bytes_of({0xa0}));
	auto first = KTRY(bytes_of({}, 2));
	using Pair = std::array<u8, 2>;
	auto second = KTRY(Box<Pair>::make(GFP_KERNEL));
	const int before = observed.selections;
	const int exchanges = observed.exchanges;
	KTRY(chip.device.transfer(spi::send(command), spi::receive(first), spi::receive(second)));
	CHECK(observed.selections == before + 1 && observed.exchanges == exchanges + 3);
	CHECK(first[0] == 1 && (*second)[1] == 4);
	return {};
}

Result<> device_is_deselected_between_transfers_on_demand(Chip &chip)
{
	const auto write = KTRY(bytes_of({0x30, 77}));
	const auto read = KTRY(bytes_of({0xb0}));
	auto answer = KTRY(bytes_of({}, 1));
	const int before = observed.selections;
	KTRY(chip.device.transfer(
		spi::send(write, {.deselect = true, .pause_after = Nanoseconds{10'000}}),
		spi::send(read), spi::receive(answer)));
	CHECK(observed.selections == before + 2 && answer[0] == 77);
	return {};
}

Result<> exchange_sends_and_receives_at_once(Chip &chip)
{
	observed.registers[0x40] = 9;
	const auto sent = KTRY(bytes_of({0xc0, 0}));
	auto received = KTRY(bytes_of({}, 10));
	KTRY(chip.device.transfer(spi::exchange(sent, received)));
	CHECK(received[0] == greeting && received[1] == 9 && received[2] == 0);
	return {};
}

Result<> large_buffers_are_one_transfer(Chip &chip)
{
	auto sent = KTRY(bytes_of({0x00}, 3 * PAGE_SIZE));
	std::ranges::fill(std::span{sent.data(), sent.size()}.subspan(1), u8{3});
	auto page = KTRY(Page::make(GFP_KERNEL));
	const int before = observed.exchanges;
	KTRY(chip.device.transfer(spi::send(sent), spi::receive(page)));
	CHECK(observed.exchanges == before + 2);
	CHECK(std::ranges::all_of(observed.registers, [](u8 value) { return value <= 3; }));
	return {};
}

Result<> setup_reaches_the_controller(Chip &chip)
{
	KTRY(chip.device.setup({.mode = spi::Mode::mode1, .max_speed_hz = 2'000'000}));
	CHECK(observed.mode == spi::Mode::mode1 && chip.device.mode() == spi::Mode::mode1);
	KTRY(chip.device.write(std::array<u8, 1>{0}));
	CHECK(observed.speed_hz == 2'000'000);
	CHECK(chip.device.setup({.mode = spi::Mode::mode3}).error_or(EPERM) == EINVAL);
	CHECK(chip.device.mode() == spi::Mode::mode1);
	return chip.device.setup({.mode = spi::Mode::mode0});
}

Result<> speed_of_a_transfer_is_at_most_that_of_the_controller(Chip &chip)
{
	const auto byte = KTRY(bytes_of({0}));
	KTRY(chip.device.transfer(spi::send(byte, {.speed_hz = 500'000})));
	CHECK(observed.speed_hz == 500'000);
	KTRY(chip.device.transfer(spi::send(byte, {.speed_hz = 2 * fastest})));
	CHECK(observed.speed_hz == fastest);
	return {};
}

Result<> error_of_the_controller_is_that_of_the_message(Chip &chip)
{
	const auto command = KTRY(bytes_of({broken}));
	CHECK(chip.device.transfer(spi::send(command)).error_or(EPERM) == EIO);
	return chip.device.write(std::array<u8, 1>{0});
}

Result<> transfer_owns_its_buffer_while_the_bus_works(Chip &chip)
{
	spi::AsyncTransfer<Bytes> transfer;
	CHECK(transfer.done() && transfer.wait().error() == EINVAL);
	auto bytes = KTRY(bytes_of({0xa0}, 2));
	observed.registers[0x20] = 8;
	KTRY(transfer.exchange(chip.device, std::move(bytes)));
	CHECK(bytes.empty()); // NOLINT(bugprone-use-after-move)
	auto more = KTRY(bytes_of({1}));
	CHECK(transfer.send(chip.device, std::move(more)).error_or(EPERM) == EBUSY);
	CHECK(more.size() == 1); // NOLINT(bugprone-use-after-move)
	bytes = KTRY(transfer.wait());
	CHECK(bytes.size() == 3 && bytes[0] == greeting && bytes[1] == 8);
	return {};
}

Result<> transfer_is_used_again(Chip &chip)
{
	spi::AsyncTransfer<Bytes> transfer;
	for (const u8 value : {u8{4}, u8{5}}) {
		KTRY(transfer.send(chip.device, KTRY(bytes_of({0x21, value}))));
		(void)KTRY(transfer.wait());
		CHECK(observed.registers[0x21] == value);
	}
	return {};
}

Result<> transfer_ends_when_the_bus_is_done(Chip &chip)
{
	{
		spi::AsyncTransfer<Bytes> transfer;
		KTRY(transfer.send(chip.device, KTRY(bytes_of({0x22, 6}))));
	}
	CHECK(observed.registers[0x22] == 6);
	return {};
}

Result<> error_of_the_controller_is_that_of_the_wait(Chip &chip)
{
	spi::AsyncTransfer<Bytes> transfer;
	KTRY(transfer.send(chip.device, KTRY(bytes_of({broken}))));
	CHECK(transfer.wait().error() == EIO);
	return chip.device.write(std::array<u8, 1>{0});
}

Result<> device_has_its_line_and_speed(Chip &chip)
{
	CHECK(chip.device.chip_select() == 0 && chip.device.max_speed_hz() == 2'000'000);
	return {};
}

Result<> register_map_goes_over_the_bus(Chip &chip)
{
	struct Level : Register<u8, 0x50> {
		using High = Field<7, 4>;
	};
	using Layout = RegmapLayout<u8, Volatile<Level>>;
	const auto map = KTRY(Regmap<Layout>::make(chip.device, {.read_flag = 0x80}));
	KTRY(map.write<Level>(0x21));
	CHECK(observed.registers[0x50] == 0x21);
	KTRY(map.update<Level>(Level::High{7}));
	CHECK(observed.registers[0x50] == 0x71);
	observed.registers[0x50] = 0x33;
	CHECK(KTRY(map.read<Level>()) == 0x33);
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(device_is_as_its_controller_described_it),
	BEHAVES(short_messages_are_of_any_memory),
	BEHAVES(transfers_of_a_message_are_one_selection),
	BEHAVES(device_is_deselected_between_transfers_on_demand),
	BEHAVES(exchange_sends_and_receives_at_once),
	BEHAVES(large_buffers_are_one_transfer),
	BEHAVES(setup_reaches_the_controller),
	BEHAVES(speed_of_a_transfer_is_at_most_that_of_the_controller),
	BEHAVES(error_of_the_controller_is_that_of_the_message),
	BEHAVES(transfer_owns_its_buffer_while_the_bus_works),
	BEHAVES(transfer_is_used_again),
	BEHAVES(transfer_ends_when_the_bus_is_done),
	BEHAVES(error_of_the_controller_is_that_of_the_wait),
	BEHAVES(device_has_its_line_and_speed),
	BEHAVES(register_map_goes_over_the_bus),
};

Result<> Chip::start(spi::BoundDevice & /*bound*/)
{
	report(*this, behaviours);
	return {};
}

struct SpiBus {
	static Result<SpiBus> init(ThisModule &module)
	{
		auto chip = KTRY(spi::Registration<Chip>::make(module));
		auto bus = KTRY(platform::Registration<Bus>::make(module));
		auto device = KTRY(platform::NewDevice::make("kcxx_spi_bus"));
		return {std::in_place, std::move(chip), std::move(bus), std::move(device)};
	}

	spi::Registration<Chip> chip;
	platform::Registration<Bus> bus;
	platform::NewDevice device;
};

} // namespace

KERNEL_SPI_DEVICE_TABLE(Chip);
KERNEL_PLATFORM_DEVICE_TABLE(Bus);
KERNEL_MODULE(SpiBus);
