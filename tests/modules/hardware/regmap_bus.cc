// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A register map of a device on an I2C bus: the kernel's i2c-stub, of which each register is
/// memory. What the map does is seen on the bus beside it.

#include <array>
#include <utility>

#include <kernel/i2c.hpp>
#include <kernel/regmap.hpp>
#include <kernel/time.hpp>

#include "behaviours.hpp"

using namespace kernel;
using namespace kernel::literals;

MODULE_LICENSE("Dual MIT/GPL");

namespace
{

struct Control : Register<u8, 0x00> {
	using Enable = Bit<0>;
	using Mode = Field<5, 4>;
};
struct Status : Register<u8, 0x01, Access::write_one_to_clear> {
	using Ready = Bit<0>;
	using Error = Bit<7>;
};
using Level = Register<u8, 0x02, Access::read_only>;
using Command = Register<u8, 0x03, Access::write_only>;
using Table = RegisterArray<u8, 0x10, 8>;
using Latch = Register<u8, 0x20>;
using Queue = Register<u8, 0x30>;
using Layout = RegmapLayout<u8, Control, Volatile<Status>, Volatile<Level>, Command, Table,
			    Precious<Latch>, Fifo<Queue>>;
using Map = Regmap<Layout>;
using SmallLayout = RegmapLayout<u8, Control, Volatile<Status>, Volatile<Level>, Command>;

static_assert(Layout::last == 0x30 && Layout::has<Control> && !Layout::has<Register<u8, 0x04>>);

class Chip
{
public:
	static constexpr i2c::Ids ids{i2c::id("kcxx_regmap")};

	static Result<Chip> probe(i2c::BoundClient &client)
	{
		return {std::in_place, client,
			KTRY(Map::make(client, {.cache = RegmapCache::tree}))};
	}
	Chip(i2c::BoundClient &bound, Map registers) : client{bound}, map{registers} {}

	Result<> start(i2c::BoundClient &bound);

	i2c::BoundClient &client;
	Map map;
};

using Behaviour = BehaviourOf<Chip>;

Result<> values_go_to_the_bus_and_come_back(Chip &chip)
{
	KTRY(chip.map.write<Control>(Control::Enable{true} | Control::Mode{2}));
	CHECK(KTRY(chip.client.read_byte(0x00)) == 0x21);
	const auto control = KTRY(chip.map.read<Control>());
	CHECK(control.get<Control::Enable>() && control.get<Control::Mode>() == 2);
	KTRY(chip.map.write<Command>(0x5a));
	CHECK(KTRY(chip.client.read_byte(0x03)) == 0x5a);
	return {};
}

Result<> update_changes_its_fields_alone(Chip &chip)
{
	KTRY(chip.map.write<Control>(0xff));
	KTRY(chip.map.update<Control>(Control::Enable{false}, Control::Mode{1}));
	CHECK(KTRY(chip.client.read_byte(0x00)) == 0xde);
	return {};
}

Result<> cache_answers_in_place_of_the_device(Chip &chip)
{
	KTRY(chip.map.write<Control>(0x01));
	KTRY(chip.client.write_byte(0x00, 0x77));
	CHECK(KTRY(chip.map.read<Control>()) == 0x01);
	for (u8 level = 1; level <= 3; ++level) {
		KTRY(chip.client.write_byte(0x02, level));
		CHECK(KTRY(chip.map.read<Level>()) == level);
	}
	return {};
}

Result<> cache_alone_is_written_until_it_is_synchronised(Chip &chip)
{
	KTRY(chip.map.write<Control>(0x11));
	chip.map.cache_only(true);
	KTRY(chip.map.write<Control>(0x22));
	KTRY(chip.map.write<Command>(0x33));
	CHECK(KTRY(chip.client.read_byte(0x00)) == 0x11);
	CHECK(KTRY(chip.map.read<Control>()) == 0x22);
	CHECK(!chip.map.read<Level>()); // no cache has it
	chip.map.cache_only(false);
	chip.map.mark_dirty();
	KTRY(chip.map.sync());
	CHECK(KTRY(chip.client.read_byte(0x00)) == 0x22);
	CHECK(KTRY(chip.client.read_byte(0x03)) == 0x33);
	return {};
}

Result<> ones_acknowledge_bits(Chip &chip)
{
	KTRY(chip.map.acknowledge<Status>(Status::Ready{true} | Status::Error{true}));
	CHECK(KTRY(chip.client.read_byte(0x01)) == 0x81); // i2c-stub keeps what is written
	return {};
}

Result<> poll_reads_the_device_until_its_time_is_over(Chip &chip)
{
	KTRY(chip.client.write_byte(0x02, 9));
	const auto is = [](u8 level) { return [level](auto value) { return value == level; }; };
	CHECK(KTRY(chip.map.poll<Level>(is(9), 1_ms, 1_s)) == 9);
	CHECK(chip.map.poll<Level>(is(10), 1_ms, 5_ms).error_or(EPERM) == ETIMEDOUT);
	return {};
}

Result<> array_is_reached_by_index_and_at_once(Chip &chip)
{
	KTRY(chip.map.write<Table>(7, 0x99));
	CHECK(KTRY(chip.client.read_byte(0x17)) == 0x99 && KTRY(chip.map.read<Table>(7)) == 0x99);
	KTRY(chip.map.write<Table>(2, std::array<u8, 3>{5, 6, 7}));
	CHECK(KTRY(chip.client.read_byte(0x13)) == 6);
	std::array<u8, 5> got{};
	KTRY(chip.map.read<Table>(2, got));
	CHECK(got == (std::array<u8, 5>{5, 6, 7, got[3], got[4]}));
	CHECK(chip.map.read<Table>(4, got).error_or(EPERM) == EINVAL);
	CHECK(chip.map.write<Table>(8, std::array<u8, 1>{1}).error_or(EPERM) == EINVAL);
	return {};
}

Result<> bits_that_are_known_late_are_changed_alone(Chip &chip)
{
	const u8 mask = KTRY(chip.client.read_byte(0x01)) | 0x0f; // 0x8f: no constant
	KTRY(chip.map.write<Control>(0x70));
	KTRY(chip.map.update_bits<Control>(mask, 0x85));
	CHECK(KTRY(chip.client.read_byte(0x00)) == 0xf5);
	KTRY(chip.map.set_bits<Control>(0x0a));
	KTRY(chip.map.clear_bits<Control>(0xf0));
	CHECK(KTRY(chip.client.read_byte(0x00)) == 0x0f);
	CHECK(KTRY(chip.map.test_bits<Control>(0x09)) && !KTRY(chip.map.test_bits<Control>(0x18)));
	KTRY(chip.map.write<Table>(5, 0xf0));
	KTRY(chip.map.update_bits<Table>(5, 0x30, 0x1f));
	CHECK(KTRY(chip.client.read_byte(0x15)) == 0xd0);
	return {};
}

Result<> bytes_of_an_array_are_read_and_written_raw(Chip &chip)
{
	KTRY(chip.map.write_raw<Table>(1, std::array<u8, 3>{0xa1, 0xa2, 0xa3}));
	CHECK(KTRY(chip.client.read_byte(0x12)) == 0xa2);
	std::array<u8, 3> got{};
	KTRY(chip.map.read_raw<Table>(1, got));
	CHECK(got == (std::array<u8, 3>{0xa1, 0xa2, 0xa3}));
	CHECK(chip.map.read_raw<Table>(6, got).error_or(EPERM) == EINVAL);
	return {};
}

Result<> queue_is_read_and_written_at_once(Chip &chip)
{
	// i2c-stub has memory in place of the queue: the bytes lie behind each other.
	KTRY(chip.map.write_fifo<Queue>(std::array<u8, 4>{1, 2, 3, 4}));
	CHECK(KTRY(chip.client.read_byte(0x30)) == 1 && KTRY(chip.client.read_byte(0x33)) == 4);
	std::array<u8, 3> got{};
	KTRY(chip.map.read_fifo<Queue>(got));
	CHECK(got == (std::array<u8, 3>{1, 2, 3}));
	return {};
}

Result<> sequence_is_written_in_its_order(Chip &chip)
{
	static constexpr std::array steps{
		Map::step<Control>(Control::Enable{true} | Control::Mode{1}),
		Map::step<Command>(0x10, 20_us), Map::step<Command>(0x11),
		Map::step<Table, 7>(0x12)};
	KTRY(chip.map.write_sequence(steps));
	CHECK(KTRY(chip.client.read_byte(0x00)) == 0x11);
	CHECK(KTRY(chip.client.read_byte(0x03)) == 0x11);
	CHECK(KTRY(chip.client.read_byte(0x17)) == 0x12);
	return {};
}

Result<> patch_is_written_again_by_a_synchronisation(Chip &chip)
{
	static constexpr std::array fix{Map::step<Latch>(0x66)};
	KTRY(chip.map.patch(fix));
	CHECK(KTRY(chip.client.read_byte(0x20)) == 0x66);
	KTRY(chip.client.write_byte(0x20, 0));
	chip.map.mark_dirty();
	KTRY(chip.map.sync());
	CHECK(KTRY(chip.client.read_byte(0x20)) == 0x66);
	return {};
}

Result<> register_that_the_model_has_not_is_refused(Chip &chip)
{
	const Map small = KTRY(Map::make(
		chip.client, {.name = "small", .registers = RegmapRegisters::of<SmallLayout>()}));
	CHECK(small.read<Table>(0).error_or(EPERM) == EIO);
	CHECK(small.write<Latch>(1).error_or(EPERM) == EIO);
	return small.write<Control>(0);
}

const Behaviour behaviours[] = {
	BEHAVES(values_go_to_the_bus_and_come_back),
	BEHAVES(update_changes_its_fields_alone),
	BEHAVES(cache_answers_in_place_of_the_device),
	BEHAVES(cache_alone_is_written_until_it_is_synchronised),
	BEHAVES(ones_acknowledge_bits),
	BEHAVES(poll_reads_the_device_until_its_time_is_over),
	BEHAVES(array_is_reached_by_index_and_at_once),
	BEHAVES(bits_that_are_known_late_are_changed_alone),
	BEHAVES(bytes_of_an_array_are_read_and_written_raw),
	BEHAVES(queue_is_read_and_written_at_once),
	BEHAVES(sequence_is_written_in_its_order),
	BEHAVES(patch_is_written_again_by_a_synchronisation),
	BEHAVES(register_that_the_model_has_not_is_refused),
};

Result<> Chip::start(i2c::BoundClient & /*bound*/)
{
	report(*this, behaviours);
	return {};
}

} // namespace

KERNEL_I2C_DRIVER(Chip);
