// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Registers of QEMU's pci-testdev, in memory, behind ports and in the configuration space. The
/// device describes a test at the start of its memory, and of its ports: a write of the byte `data`
/// to `offset` is counted.

#include <array>
#include <string_view>
#include <utility>

#include <kernel/io.hpp>
#include <kernel/pci.hpp>
#include <kernel/regmap.hpp>
#include <kernel/time.hpp>

#include "behaviours.hpp"

using namespace kernel;
using namespace kernel::literals;

MODULE_LICENSE("Dual MIT/GPL");

namespace
{

using Test = Register<u8, 0x00>; // chooses one
using Width = Register<u8, 0x01, Access::read_only>;
using Offset = Register<u32, 0x04, Access::read_only>;
using Data = Register<u8, 0x08, Access::read_only>;
using Count = Register<u32, 0x0c, Access::read_only>;
using Name = RegisterArray<u8, 0x10, 32, 1, Access::read_only>;

constexpr u8 without_eventfd = 0;

using Vendor = Register<u16, 0x00, Access::read_only>;
struct Identity : Register<u32, 0x00, Access::read_only> {
	using VendorId = Field<15, 0>;
	using DeviceId = Field<31, 16>;
};
struct HeaderType : Register<u8, 0x0e, Access::read_only> {
	using Layout = Field<6, 0>;
	using HasFunctions = Bit<7>;
};
static_assert(HeaderType::Layout::mask == 0x7f && HeaderType::HasFunctions::mask == 0x80);
using InterruptLine = Register<u8, 0x3c>; // any value, for programs

class TestDevice
{
public:
	static constexpr pci::Ids ids{pci::id(0x1b36, 0x0005)};

	static Result<TestDevice> probe(pci::BoundDevice &device)
	{
		KTRY(device.enable());
		auto memory = KTRY(device.map<0x1000>(0));
		auto ports = KTRY(device.ports<0x100>(1));
		return {std::in_place, device, memory, ports};
	}
	TestDevice(pci::BoundDevice &bound, Mmio<0x1000> mapped, Ports<0x100> reserved)
	    : device{bound}, memory{mapped}, ports{reserved}
	{
	}

	Result<> start(pci::BoundDevice &bound);

	pci::BoundDevice &device;
	Mmio<0x1000> memory;
	Ports<0x100> ports;
};

using Behaviour = BehaviourOf<TestDevice>;

/// Runs the test of the device, which counts writes, at its registers of any kind.
template <typename Place>
Result<> writes_are_counted(const Place &place, std::string_view name)
{
	place.template write<Test>(without_eventfd);
	CHECK(place.template read<Count>() == 0U);
	for (std::size_t i = 0; i < name.size(); ++i)
		CHECK(place.template read<Name>(i) == static_cast<u8>(name[i]));
	CHECK(place.template read<Name>(name.size()) == 0);
	CHECK(place.template read<Width>() == 1);
	const std::size_t offset = place.template read<Offset>().bits();
	const u8 data = place.template read<Data>().bits();
	for (u32 times = 1; times <= 3; ++times) {
		KTRY(place.template try_write<u8>(offset, data));
		CHECK(place.template read<Count>() == times);
	}
	return {};
}

Result<> registers_in_memory_answer(TestDevice &test)
{
	return writes_are_counted(test.memory, "mmio-no-eventfd");
}

Result<> registers_behind_ports_answer(TestDevice &test)
{
	return writes_are_counted(test.ports, "portio-no-eventfd");
}

Result<> offset_behind_the_ports_is_refused(TestDevice &test)
{
	CHECK(test.ports.try_read<u8>(0x100).error_or(EPERM) == EINVAL);
	CHECK(test.ports.try_read<u32>(0xfd).error_or(EPERM) == EINVAL);
	CHECK(test.ports.try_write<u16>(0xff, 0).error_or(EPERM) == EINVAL);
	return {};
}

Result<> bar_of_another_kind_is_refused(TestDevice &test)
{
	CHECK(test.device.ports<0x100>(0).error_or(EPERM) == ENODEV);
	CHECK(test.device.map<0x80>(1).error_or(EPERM) == ENODEV);
	CHECK(test.device.ports<0x10000>(1).error_or(EPERM) == ENODEV);
	CHECK(test.device.ports<0x100>(1).error_or(EPERM) == EBUSY);
	return {};
}

Result<> poll_ends_when_the_value_is_there(TestDevice &test)
{
	test.memory.write<Test>(without_eventfd);
	const auto is_one = [](auto width) { return width == 1; };
	CHECK(KTRY(test.memory.poll<Width>(is_one, 1_ms, 1_s)) == 1);
	CHECK(KTRY(test.memory.poll_atomic<Width>(is_one, 1_us, 1_ms)) == 1);
	return {};
}

Result<> poll_ends_after_its_time(TestDevice &test)
{
	const auto never = [](auto /*width*/) { return false; };
	const Ktime before = ktime_get();
	CHECK(test.memory.poll<Width>(never, 1_ms, 20_ms).error_or(EPERM) == ETIMEDOUT);
	CHECK(ktime_get() - before >= 20_ms);
	// The reads are counted, not timed: an emulated CPU's busy wait may be short.
	unsigned int reads = 0;
	const auto counted = [&](auto /*width*/) {
		++reads;
		return false;
	};
	CHECK(test.memory.poll_atomic<Width>(counted, 10_us, 2_ms).error_or(EPERM) == ETIMEDOUT);
	CHECK(reads == 202); // the first, one behind each pause, one behind the timeout
	return {};
}

Result<> configuration_space_is_read_by_the_same_descriptions(TestDevice &test)
{
	const auto config = test.device.config();
	CHECK(config.read<Vendor>() == test.device.vendor());
	const auto identity = config.read<Identity>();
	CHECK(identity.get<Identity::VendorId>() == 0x1b36);
	CHECK(identity.get<Identity::DeviceId>() == 0x0005);
	CHECK(config.read<HeaderType>().get<HeaderType::Layout>() == 0);
	const auto command = config.read<pci::CommandRegister>();
	CHECK(command.get<pci::CommandRegister::Memory>() &&
	      command.get<pci::CommandRegister::Ports>());
	return {};
}

Result<> configuration_space_is_written(TestDevice &test)
{
	const auto config = test.device.config();
	const u8 before = config.read<InterruptLine>().bits();
	config.write<InterruptLine>(0x5a);
	CHECK(config.read<InterruptLine>() == 0x5a);
	config.write<InterruptLine>(before);
	config.update<pci::CommandRegister>(pci::CommandRegister::InterruptsDisabled{true});
	CHECK(config.read<pci::CommandRegister>().get<pci::CommandRegister::InterruptsDisabled>());
	config.update<pci::CommandRegister>(pci::CommandRegister::InterruptsDisabled{false});
	return {};
}

Result<> capability_that_the_device_lacks_is_an_error(TestDevice &test)
{
	CHECK(test.device.capability<4>(pci::capabilities::express).error_or(EPERM) == ENOENT);
	CHECK(test.device.capability<4>(pci::capabilities::serial_number).error_or(EPERM) ==
	      ENOENT);
	CHECK(test.device.reset().error_or(EPERM) == ENOTTY);
	return {};
}

Result<> register_map_of_memory_reads_and_writes_it(TestDevice &test)
{
	using Layout = RegmapLayout<u32, Volatile<Test>, Volatile<Width>, Volatile<Data>, Name>;
	const auto map = KTRY(Regmap<Layout>::make(test.device, test.memory));
	KTRY(map.write<Test>(without_eventfd));
	CHECK(KTRY(map.read<Width>()) == 1);
	CHECK(KTRY(map.read<Data>()) == test.memory.read<Data>().bits());
	std::array<u8, 4> name{};
	KTRY(map.read<Name>(0, name));
	CHECK(name == (std::array<u8, 4>{'m', 'm', 'i', 'o'}));
	CHECK(KTRY(map.read<Name>(3)) == static_cast<u8>('o'));
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(registers_in_memory_answer),
	BEHAVES(registers_behind_ports_answer),
	BEHAVES(offset_behind_the_ports_is_refused),
	BEHAVES(bar_of_another_kind_is_refused),
	BEHAVES(poll_ends_when_the_value_is_there),
	BEHAVES(poll_ends_after_its_time),
	BEHAVES(configuration_space_is_read_by_the_same_descriptions),
	BEHAVES(configuration_space_is_written),
	BEHAVES(capability_that_the_device_lacks_is_an_error),
	BEHAVES(register_map_of_memory_reads_and_writes_it),
};

Result<> TestDevice::start(pci::BoundDevice & /*bound*/)
{
	report(*this, behaviours);
	return {};
}

} // namespace

KERNEL_PCI_DRIVER(TestDevice);
