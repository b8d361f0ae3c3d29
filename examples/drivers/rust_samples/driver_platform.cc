// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>
#include <utility>

#include <kernel/acpi.hpp>
#include <kernel/device.hpp>
#include <kernel/module.hpp>
#include <kernel/of.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A platform driver that reads properties, and a device that has them");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

struct Info {
	u32 number;
};

class Sample
{
public:
	static constexpr platform::Ids ids{platform::id("cxx_driver_platform", Info{7})};
	static constexpr of::Ids of_ids{of::compatible("test,cxx-device", Info{42})};
	static constexpr acpi::Ids acpi_ids{acpi::id("LNUXBEEF", Info{0})};

	static Result<Sample> probe(platform::BoundDevice &device, const Info &info)
	{
		dev_info(device, "probed with info %u\n", info.number);
		if (device.has_property("compatible"))
			KTRY(read_properties(device));
		return {std::in_place, device};
	}

	explicit Sample(platform::Device &device) : device_{device} {}
	Sample(const Sample &) = delete;
	Sample &operator=(const Sample &) = delete;
	~Sample() { dev_dbg(device_, "removed\n"); }

private:
	static Result<> read_properties(platform::BoundDevice &device)
	{
		if (const auto place = match_property(device, "compatible", "test,cxx-device"))
			dev_info(device, "compatible string %zu matches\n", *place);
		dev_info(device, "compatible: %s\n",
			 KTRY(device.property<const char *>("compatible")));
		dev_info(device, "bool-prop: %d\n", device.has_property("test,bool-prop"));
		dev_info(device, "u32-optional-prop: %#x\n",
			 device.property<u32>("test,u32-optional-prop").value_or(0x12));
		if (!device.property<u32>("test,u32-required-prop"))
			dev_warn(device, "test,u32-required-prop is missing\n");
		dev_info(device, "u32-prop: %#x\n", KTRY(device.property<u32>("test,u32-prop")));

		std::array<s16, 4> numbers{};
		KTRY(read_property<s16>(device, "test,i16-array", numbers));
		dev_info(device, "i16-array: %d, %d, %d, %d\n", numbers[0], numbers[1], numbers[2],
			 numbers[3]);
		const auto all = KTRY(property_numbers<s16>(device, "test,i16-array", GFP_KERNEL));
		dev_info(device, "i16-array has %zu numbers\n", all.size());
		return {};
	}

	platform::Device &device_;
};

constexpr std::array<const char *, 2> compatible{"test,another-device", "test,cxx-device"};
constexpr std::array<u16, 4> numbers{1, 2, 0xfffd, 4};
constexpr std::array properties{
	own_property("compatible", compatible), own_property("test,bool-prop"),
	own_property("test,u32-prop", u32{0xdeadbeef}), own_property("test,i16-array", numbers)};

struct DriverAndDevice {
	static Result<DriverAndDevice> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Sample>::make(module));
		auto device = KTRY(platform::NewDevice::make("cxx_driver_platform", properties));
		return {std::in_place, std::move(driver), std::move(device)};
	}

	platform::Registration<Sample> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Sample);
KERNEL_MODULE(DriverAndDevice);
