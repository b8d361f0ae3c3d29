// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A non-volatile memory that is volatile: of a driver's own, with three cells.

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/nvmem.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's non-volatile memory on a driver's own");
MODULE_LICENSE("GPL");

namespace
{

class Memory
{
public:
	static constexpr platform::Ids ids{platform::id("nvmem_memory")};

	static Result<Memory> probe(platform::BoundDevice & /*device*/) { return {std::in_place}; }

	Result<> start(platform::BoundDevice &device)
	{
		static constexpr std::array cells{
			nvmem::CellInfo{.name = "serial-number", .offset = 4, .bytes = 4},
			nvmem::CellInfo{.name = "revision",
					.offset = 8,
					.bytes = 1,
					.bit_offset = 4,
					.bits = 4},
			nvmem::CellInfo{.name = "address", .offset = 12, .bytes = 6},
		};
		static constexpr std::array behind{
			nvmem::CellInfo{.name = "behind", .offset = 60, .bytes = 5}};
		const Result<> refused = nvmem::add(device, *this, {.size = size, .cells = behind});
		if (refused || refused.error() != EINVAL)
			return EIO;
		return nvmem::add(device, *this,
				  {.name = "soft-rom",
				   .numbered = false,
				   .kind = nvmem::Kind::eeprom,
				   .size = size,
				   .eeprom_file = true,
				   .cells = cells});
	}

	Result<> read_nvmem(unsigned int offset, std::span<u8> to) const
	{
		const auto bytes = bytes_.lock();
		std::ranges::copy(std::span{*bytes}.subspan(offset, to.size()), to.begin());
		return {};
	}
	Result<> write_nvmem(unsigned int offset, std::span<const u8> from) const
	{
		if (offset == 0) // its first byte is protected
			return EROFS;
		const auto bytes = bytes_.lock();
		std::ranges::copy(from, std::span{*bytes}.subspan(offset).begin());
		return {};
	}

private:
	static constexpr std::size_t size = 64;

	Mutex<std::array<u8, size>> bytes_{
		LOCK_CLASS("bytes"),
		std::array<u8, size>{'k', 'c', 'x', 'x', 0x78, 0x56, 0x34, 0x12, 0xa5}};
};

struct Memories {
	static Result<Memories> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Memory>::make(module));
		return {std::in_place, std::move(driver),
			KTRY(platform::NewDevice::make("nvmem_memory"))};
	}

	platform::Registration<Memory> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Memory);
KERNEL_MODULE(Memories);
