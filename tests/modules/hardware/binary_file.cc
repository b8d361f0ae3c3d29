// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A device with two files of bytes: its memory, and a counter that is read from a place.

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <kernel/sysfs.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's files of bytes below /sys");
MODULE_LICENSE("GPL");

namespace
{

class Memory
{
public:
	static constexpr platform::Ids ids{platform::id("binary_file")};

	static Result<Memory> probe(platform::BoundDevice &device)
	{
		return {std::in_place, device};
	}

	explicit Memory(platform::BoundDevice &device) : device_{device} {}

	Result<> start(platform::BoundDevice &device);
	Result<> add()
	{
		return memory_.add(device_, *this, {.name = "memory", .size = size, .mode = 0640});
	}
	Result<> add_letters()
	{
		return letters_.add(device_, *this, {.name = "letters", .mode = 0666});
	}

private:
	Result<std::size_t> read_at(u64 offset, std::span<u8> to) const
	{
		const auto bytes = bytes_.lock();
		std::ranges::copy(std::span{*bytes}.subspan(offset, to.size()), to.begin());
		return to.size();
	}
	Result<std::size_t> write_at(u64 offset, std::span<const u8> from)
	{
		if (offset == 0)
			return EROFS;
		const auto bytes = bytes_.lock();
		std::ranges::copy(from, std::span{*bytes}.subspan(offset).begin());
		return from.size();
	}

	/// The alphabet, for a reader that asks until nothing comes
	Result<std::size_t> read_letters(u64 offset, std::span<u8> to) const
	{
		std::size_t count = 0;
		for (u8 &letter : to.first(std::min<std::size_t>(to.size(), 10)))
			if (offset + count < 26)
				letter = static_cast<u8>('a' + offset + count++);
		return count;
	}

	static constexpr std::size_t size = 32;

	platform::BoundDevice &device_;
	Mutex<std::array<u8, size>> bytes_{LOCK_CLASS("bytes"),
					   std::array<u8, size>{'k', 'c', 'x', 'x'}};
	sysfs::BinaryFile<&Memory::read_at, &Memory::write_at> memory_;
	sysfs::BinaryFile<&Memory::read_letters> letters_;
};

using Behaviour = BehaviourOf<Memory>;

Result<> file_is_added_once(Memory &memory)
{
	KTRY(memory.add());
	const Result<> again = memory.add();
	CHECK(!again && again.error() == EBUSY);
	return {};
}

Result<> file_without_a_size_is_added(Memory &memory)
{
	return memory.add_letters();
}

const Behaviour behaviours[] = {
	BEHAVES(file_is_added_once),
	BEHAVES(file_without_a_size_is_added),
};

Result<> Memory::start(platform::BoundDevice & /*device*/)
{
	report(*this, behaviours);
	return {};
}

struct Memories {
	static Result<Memories> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Memory>::make(module));
		return {std::in_place, std::move(driver),
			KTRY(platform::NewDevice::make("binary_file"))};
	}

	platform::Registration<Memory> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Memory);
KERNEL_MODULE(Memories);
