// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/acpi.hpp>
#include <kernel/module.hpp>
#include <kernel/of.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/soc.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("The description of a system on a chip");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class Sample
{
public:
	static constexpr platform::Ids ids{platform::id("cxx_soc")};
	static constexpr of::Ids of_ids{of::compatible("test,cxx-soc")};
	static constexpr acpi::Ids acpi_ids{acpi::id("LNUXBEEF")};

	static Result<Sample> probe(platform::BoundDevice & /*device*/)
	{
		return Sample{KTRY(soc::Device::make({.machine = "My cool ACME15 dev board",
						      .family = "ACME",
						      .revision = "1.2",
						      .serial_number = "12345",
						      .soc_id = "ACME15"}))};
	}

private:
	explicit Sample(soc::Device soc) : soc_{std::move(soc)} {}

	soc::Device soc_;
};

struct DriverAndDevice {
	static Result<DriverAndDevice> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Sample>::make(module));
		auto device = KTRY(platform::NewDevice::make("cxx_soc"));
		return {std::in_place, std::move(driver), std::move(device)};
	}

	platform::Registration<Sample> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Sample);
KERNEL_MODULE(DriverAndDevice);
