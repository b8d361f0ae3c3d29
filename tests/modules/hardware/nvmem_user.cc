// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A device that needs cells of the memory of nvmem_memory.cc

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/nvmem.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sysfs.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's cells of non-volatile memory");
MODULE_LICENSE("GPL");

namespace
{

class User
{
public:
	static constexpr platform::Ids ids{platform::id("nvmem_user")};

	static Result<User> probe(platform::BoundDevice &device)
	{
		const auto serial = KTRY(nvmem::Cell::get(device, "serial"));
		const auto revision = KTRY(nvmem::Cell::get(device, "revision"));
		const auto address = KTRY(nvmem::Cell::get(device, "address"));
		return User{device, serial, revision, address};
	}
	Result<> start(platform::BoundDevice &device);

	[[nodiscard]] Result<u32> serial_number() const { return serial.read<u32>(); }

	using Attributes = sysfs::Attributes<sysfs::ReadOnly<"serial", &User::serial_number>>;

	platform::BoundDevice &device;
	nvmem::Cell serial;
	nvmem::Cell revision;
	nvmem::Cell address;

private:
	User(platform::BoundDevice &device, nvmem::Cell serial, nvmem::Cell revision,
	     nvmem::Cell address)
	    : device{device}, serial{serial}, revision{revision}, address{address}
	{
	}
};

using Behaviour = BehaviourOf<User>;

Result<> number_of_a_cell_is_read(User &user)
{
	CHECK(KTRY(user.serial.read<u32>()) == 0x12345678);
	CHECK(KTRY(user.serial.read<u64>()) == 0x12345678);
	CHECK(KTRY(user.revision.read<u8>()) == 0xa);
	return {};
}

Result<> number_that_is_too_small_for_the_cell_is_refused(User &user)
{
	const Result<u16> number = user.serial.read<u16>();
	CHECK(!number && number.error() == ERANGE);
	return {};
}

Result<> bytes_of_a_cell_are_written_and_read(User &user)
{
	static constexpr std::array<u8, 6> written{2, 4, 6, 8, 10, 12};
	KTRY(user.address.write(std::span{written}));
	std::array<u8, 8> room{};
	CHECK(std::ranges::equal(KTRY(user.address.read(room)), written));
	return {};
}

Result<> number_of_another_size_is_not_written(User &user)
{
	const Result<> written = user.serial.write(u16{1});
	CHECK(!written && written.error() == EINVAL);
	KTRY(user.serial.write(u32{0x01020304}));
	CHECK(KTRY(user.serial.read<u32>()) == 0x01020304);
	return {};
}

Result<> cell_that_the_device_has_not_is_none(User &user)
{
	const auto missing = nvmem::Cell::get(user.device, "missing");
	CHECK(!missing && missing.error() == ENOENT);
	CHECK(!KTRY(nvmem::Cell::get_optional(user.device, "missing")));
	CHECK(KTRY(nvmem::Cell::get_optional(user.device, "serial")));
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(number_of_a_cell_is_read),
	BEHAVES(number_that_is_too_small_for_the_cell_is_refused),
	BEHAVES(bytes_of_a_cell_are_written_and_read),
	BEHAVES(number_of_another_size_is_not_written),
	BEHAVES(cell_that_the_device_has_not_is_none),
};

Result<> User::start(platform::BoundDevice & /*device*/)
{
	report(*this, behaviours);
	return {};
}

struct Users {
	static Result<Users> init(ThisModule &module)
	{
		static constexpr std::array cells{
			nvmem::CellLookup{
				.name = "serial", .memory = "soft-rom", .cell = "serial-number"},
			nvmem::CellLookup{
				.name = "revision", .memory = "soft-rom", .cell = "revision"},
			nvmem::CellLookup{
				.name = "address", .memory = "soft-rom", .cell = "address"},
		};
		auto driver = KTRY(platform::Registration<User>::make(module));
		auto table = KTRY(nvmem::LookupTable::make("nvmem_user", cells));
		return {std::in_place, std::move(driver), std::move(table),
			KTRY(platform::NewDevice::make("nvmem_user"))};
	}

	platform::Registration<User> driver;
	nvmem::LookupTable cells;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(User);
KERNEL_MODULE(Users);
