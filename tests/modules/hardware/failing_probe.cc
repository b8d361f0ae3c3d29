// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A driver whose probe() fails, and tells why: a device without its line, one whose line is to
/// come later, and one that its driver does not know.

#include <array>
#include <string_view>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/gpio.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>

#include <linux/device.h> // which declares C's dev_err_probe()

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's reasons of a failing probe");
MODULE_LICENSE("GPL");

namespace
{

/// A property of each device tells how far its probe() comes.
class Pump
{
public:
	static constexpr platform::Ids ids{platform::id("without_line"), platform::id("with_line"),
					   platform::id("unknown_model")};

	static Result<Pump> probe(platform::BoundDevice &device)
	{
		if (!device_is_registered(device))
			return EIO;
		const u32 model = KTRY(dev_err_probe(device, device.property<u32>("model"),
						     "a pump has a model\n"));
		if (model != 7)
			return dev_err_probe(device, ENODEV, "model {} of {} is unknown\n", model,
					     std::string_view{"pumps"});
		auto reset = KTRY(dev_err_probe(device,
						gpio::Output::get(device, "reset", gpio::inactive),
						"no line for the reset of model %u\n", model));
		return {std::in_place, std::move(reset)};
	}
	explicit Pump(gpio::Output line) : reset_{std::move(line)} {}

private:
	gpio::Output reset_;
};

constexpr std::array known{own_property("model", u32{7})};
constexpr std::array unknown{own_property("model", u32{9})};
constexpr std::array lines{
	gpio::OwnLine{.name = "reset", .chip = "a chip that does not come", .line = 0}};

struct Pumps {
	static Result<Pumps> init(ThisModule &module)
	{
		auto table = KTRY(gpio::LookupTable::make("with_line", lines));
		auto driver = KTRY(platform::Registration<Pump>::make(module));
		auto without_line = KTRY(platform::NewDevice::make("without_line", known));
		auto with_line = KTRY(platform::NewDevice::make("with_line", known));
		auto other = KTRY(platform::NewDevice::make("unknown_model", unknown));
		return {std::in_place,           std::move(table),     std::move(driver),
			std::move(without_line), std::move(with_line), std::move(other)};
	}

	gpio::LookupTable table;
	platform::Registration<Pump> driver;
	platform::NewDevice without_line;
	platform::NewDevice with_line;
	platform::NewDevice other;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Pump);
KERNEL_MODULE(Pumps);
