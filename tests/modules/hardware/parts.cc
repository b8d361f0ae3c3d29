// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A device of two parts, each of which is an auxiliary device with a driver, and the file that the
/// driver of a part loads. The guest has /lib/firmware/kcxx/part.sh.

#include <string_view>
#include <utility>

#include <kernel/auxiliary.hpp>
#include <kernel/firmware.hpp>
#include <kernel/module.hpp>
#include <kernel/platform.hpp>
#include <kernel/sync.hpp>
#include <kernel/time.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_LICENSE("Dual MIT/GPL");

namespace
{

constinit Atomic<int> parts{0};     // that exist
constinit Atomic<u32> of_the_id{0}; // the data of the last one

/// The driver of the whole
class Whole
{
public:
	static constexpr platform::Ids ids{platform::id("kcxx_whole")};

	static Result<Whole> probe(platform::BoundDevice &device)
	{
		return {std::in_place, device};
	}
	explicit Whole(platform::BoundDevice &bound) : device{bound} {}

	Result<> start(platform::BoundDevice &bound);

	void loaded(Result<Firmware> file)
	{
		const bool is_there = file && !file->bytes().empty();
		answer.set(is_there ? 1 : file ? 0 : file.error().to_errno());
		asked.complete();
	}

	platform::BoundDevice &device;
	Atomic<int> answer{0};
	Completion asked;
	FirmwareLoader<&Whole::loaded> loader{*this};
	FirmwareLoader<&Whole::loaded> another{*this};
};

/// The driver of a part
class Part
{
public:
	static constexpr auxiliary::Ids ids{auxiliary::id("another.part", 1U),
					    auxiliary::id("parts.part", 42U)};

	static Result<Part> probe(auxiliary::BoundDevice &device, const u32 &data)
	{
		if (device.id() == 99)
			return ENODEV;
		of_the_id.set(data);
		dev_dbg(device, "a part of %s\n", device.parent().name());
		return {std::in_place};
	}
	Part() { parts.add(1); }
	Part(const Part &) = delete;
	Part &operator=(const Part &) = delete;
	~Part() { parts.add(-1); }
};

using Behaviour = BehaviourOf<Whole>;

Result<> part_is_bound_to_its_driver(Whole &whole)
{
	KTRY(auxiliary::add(whole.device, "part", 0));
	CHECK(parts.read() == 1 && of_the_id.read() == 42);
	KTRY(auxiliary::add(whole.device, "part", 1));
	CHECK(parts.read() == 2);
	return {};
}

Result<> part_that_no_driver_wants_is_there_unbound(Whole &whole)
{
	KTRY(auxiliary::add(whole.device, "part", 99));
	KTRY(auxiliary::add(whole.device, "unknown"));
	CHECK(parts.read() == 2);
	return {};
}

Result<> part_without_a_name_is_refused(Whole &whole)
{
	CHECK(auxiliary::add(whole.device, nullptr).error_or(EPERM) == EINVAL);
	return {};
}

Result<> firmware_is_read(Whole &whole)
{
	auto file = KTRY(Firmware::request(whole.device, "kcxx/part.sh"));
	constexpr std::string_view begin = "# SPDX-License-Identifier";
	CHECK(file.bytes().size() > begin.size());
	for (std::size_t i = 0; i < begin.size(); ++i)
		CHECK(file.bytes()[i] == static_cast<u8>(begin[i]));
	const Firmware moved = std::move(file);
	CHECK(file.bytes().empty()); // NOLINT(bugprone-use-after-move)
	CHECK(!moved.bytes().empty());
	return {};
}

Result<> firmware_that_is_missing_is_an_error(Whole &whole)
{
	CHECK(!Firmware::request_optional(whole.device, "kcxx/none"));
	CHECK(Firmware::request_optional(whole.device, "kcxx/none").error() == ENOENT);
	CHECK(Firmware::request(whole.device, "").error() == EINVAL);
	return {};
}

Result<> firmware_is_loaded_while_the_driver_goes_on(Whole &whole)
{
	KTRY(whole.loader.request(whole.device, "kcxx/part.sh"));
	KTRY(whole.asked.wait_timeout(seconds(60)));
	CHECK(whole.answer.read() == 1);
	return {};
}

Result<> firmware_that_is_missing_is_an_error_later(Whole &whole)
{
	KTRY(whole.another.request(whole.device, "kcxx/none"));
	KTRY(whole.asked.wait_timeout(seconds(60)));
	CHECK(whole.answer.read() == ENOENT.to_errno());
	return {};
}

Result<> loader_that_ends_waits_for_its_file(Whole &whole)
{
	whole.answer.set(0);
	{
		FirmwareLoader<&Whole::loaded> brief{whole};
		KTRY(brief.request(whole.device, "kcxx/part.sh"));
	}
	CHECK(whole.answer.read() == 1);
	return {};
}

Result<> loader_loads_one_file_after_the_other(Whole &whole)
{
	FirmwareLoader<&Whole::loaded> loader{whole};
	CHECK(loader.request(whole.device, "").error_or(EPERM) == EINVAL);
	for (int i = 0; i < 3; ++i) {
		whole.asked.reinit();
		whole.answer.set(0);
		auto begun = loader.request(whole.device, "kcxx/part.sh");
		// The function of the last file may have a few instructions left.
		for (; !begun && begun.error() == EBUSY; sleep(milliseconds(1)))
			begun = loader.request(whole.device, "kcxx/part.sh");
		KTRY(std::move(begun));
		KTRY(whole.asked.wait_timeout(seconds(60)));
		CHECK(whole.answer.read() == 1);
	}
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(part_is_bound_to_its_driver),
	BEHAVES(part_that_no_driver_wants_is_there_unbound),
	BEHAVES(part_without_a_name_is_refused),
	BEHAVES(firmware_is_read),
	BEHAVES(firmware_that_is_missing_is_an_error),
	BEHAVES(firmware_is_loaded_while_the_driver_goes_on),
	BEHAVES(firmware_that_is_missing_is_an_error_later),
	BEHAVES(loader_that_ends_waits_for_its_file),
	BEHAVES(loader_loads_one_file_after_the_other),
};

Result<> Whole::start(platform::BoundDevice & /*bound*/)
{
	report(*this, behaviours);
	return {};
}

struct Parts {
	static Result<Parts> init(ThisModule &module)
	{
		auto part = KTRY(auxiliary::Registration<Part>::make(module));
		auto whole = KTRY(platform::Registration<Whole>::make(module));
		auto device = KTRY(platform::NewDevice::make("kcxx_whole"));
		return {std::in_place, std::move(part), std::move(whole), std::move(device)};
	}

	auxiliary::Registration<Part> part;
	platform::Registration<Whole> whole;
	platform::NewDevice device;
};

} // namespace

KERNEL_AUXILIARY_DEVICE_TABLE(Part);
KERNEL_PLATFORM_DEVICE_TABLE(Whole);
KERNEL_MODULE(Parts);
