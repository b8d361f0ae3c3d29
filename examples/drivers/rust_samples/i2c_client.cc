// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/acpi.hpp>
#include <kernel/i2c.hpp>
#include <kernel/of.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A platform driver that names a device on an I2C bus, and the platform device");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class Parent
{
public:
	static constexpr platform::Ids ids{platform::id("cxx_i2c_client")};
	static constexpr of::Ids of_ids{of::compatible("test,cxx-i2c-client")};
	static constexpr acpi::Ids acpi_ids{acpi::id("LNUXBEEF")};

	static Result<Parent> probe(platform::BoundDevice & /*device*/)
	{
		return {std::in_place, KTRY(i2c::NewClient::make(0, "cxx_driver_i2c", 0x30))};
	}

	explicit Parent(i2c::NewClient client) : client_{std::move(client)} {}

	Result<> start(platform::BoundDevice &device)
	{
		dev_info(device, "named the device at 0x%x\n", (*client_).address());
		return {};
	}
	void stop(platform::BoundDevice &device) { dev_info(device, "unbound\n"); }

private:
	i2c::NewClient client_;
};

struct I2cClient {
	static Result<I2cClient> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Parent>::make(module));
		auto device = KTRY(platform::NewDevice::make("cxx_i2c_client"));
		return {std::in_place, std::move(driver), std::move(device)};
	}

	platform::Registration<Parent> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Parent);
KERNEL_MODULE(I2cClient);
