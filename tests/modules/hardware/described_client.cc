// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A device on i2c-stub's bus, with an interrupt, properties and nodes of the module that names it.

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/i2c.hpp>
#include <kernel/prelude.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's descriptions of I2C devices");
MODULE_LICENSE("GPL");

namespace
{

constexpr unsigned int interrupt = 7; // no handler is registered for it

class Clock
{
public:
	static constexpr i2c::Ids ids{i2c::id("kcxx_clock")};

	static Result<Clock> probe(i2c::BoundClient &client) { return {std::in_place, client}; }
	explicit Clock(i2c::BoundClient &bound) : client{bound} {}
	Result<> start(i2c::BoundClient &bound);

	i2c::BoundClient &client;
};

using Behaviour = BehaviourOf<Clock>;

Result<> client_has_its_interrupt(Clock &clock)
{
	CHECK(clock.client.irq() == interrupt);
	return {};
}

Result<> client_has_its_properties(Clock &clock)
{
	CHECK(KTRY(clock.client.property<u32>("trickle-resistor-ohms")) == 1120);
	CHECK(KTRY(clock.client.property<s32>("trickle-resistor-ohms")) == 1120);
	CHECK(KTRY(clock.client.property<s64>("offset")) == -5);
	CHECK(clock.client.property<int>("missing").error_or(EPERM) == EINVAL);
	return {};
}

Result<> client_has_its_nodes(Clock &clock)
{
	int nodes = 0;
	for (const Node &node : child_nodes(clock.client)) {
		CHECK(KTRY(node.property<int>("reg")) == nodes);
		CHECK(KTRY(node.property<s64>("offset")) == -nodes);
		++nodes;
	}
	CHECK(nodes == 2);
	return {};
}

Result<> client_has_the_name_of_its_place(Clock &clock)
{
	CHECK(std::string_view{clock.client.name()} == "0-0051");
	return {};
}

Result<> block_has_its_size_on_the_bus(Clock &clock)
{
	KTRY(clock.client.write_counted_block(0x20, std::array<u8, 3>{1, 2, 3}));
	std::array<u8, 4> bytes{};
	CHECK(KTRY(clock.client.read_counted_block(0x20, bytes)) == 3);
	CHECK(bytes == (std::array<u8, 4>{1, 2, 3, 0}));
	const std::span less{bytes.data(), 2};
	CHECK(clock.client.read_counted_block(0x20, less).error() == EOVERFLOW);
	const std::array<u8, 33> more{};
	CHECK(clock.client.write_counted_block(0x20, more).error_or(EPERM) == EINVAL);
	return {};
}

constexpr Behaviour behaviours[] = {
	BEHAVES(client_has_its_interrupt),      BEHAVES(client_has_its_properties),
	BEHAVES(client_has_its_nodes),          BEHAVES(client_has_the_name_of_its_place),
	BEHAVES(block_has_its_size_on_the_bus),
};

Result<> Clock::start(i2c::BoundClient & /*bound*/)
{
	report(*this, behaviours);
	return {};
}

constexpr std::array properties{own_property("trickle-resistor-ohms", u32{1120}),
				own_property("offset", static_cast<u64>(-5))};
constexpr std::array first{own_property("reg", u32{0}), own_property("offset", u64{0})};
constexpr std::array second{own_property("reg", u32{1}),
			    own_property("offset", static_cast<u64>(-1))};
constexpr std::array nodes{OwnNode{first}, OwnNode{second}};

struct Clocks {
	static Result<Clocks> init(ThisModule &module)
	{
		auto driver = KTRY(i2c::Registration<Clock>::make(module));
		auto client = KTRY(i2c::NewClient::make(
			0, "kcxx_clock", 0x51,
			{.irq = interrupt, .properties = properties, .children = nodes}));
		return {std::in_place, std::move(driver), std::move(client)};
	}

	i2c::Registration<Clock> driver;
	i2c::NewClient client;
};

} // namespace

KERNEL_I2C_DEVICE_TABLE(Clock);
KERNEL_MODULE(Clocks);
