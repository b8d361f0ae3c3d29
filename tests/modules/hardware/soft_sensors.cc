// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A chip of memory alone, with sensors of several kinds.

#include <array>
#include <cstddef>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/hwmon.hpp>
#include <kernel/leds.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/string.hpp>

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's sensors on ones of memory");
MODULE_LICENSE("GPL");

namespace
{

class Chip
{
public:
	static constexpr platform::Ids ids{platform::id("soft_sensors")};
	static constexpr hwmon::Channels channels{.temp = 2, .fan = 3};

	static Result<Chip> probe(platform::BoundDevice & /*device*/) { return {std::in_place}; }

	/// The names end before the device is unbound, and so they are copied.
	Result<> start(platform::BoundDevice &device)
	{
		const auto chip = KTRY(String::format(GFP_KERNEL, "soft_%s", "chip"));
		const auto led = KTRY(String::format(GFP_KERNEL, "soft:%s:alarm", "red"));
		const auto trigger = KTRY(String::format(GFP_KERNEL, "soft-%s", "trigger"));
		KTRY(led_.add(device, *this,
			      {.name = led.c_str(), .default_trigger = trigger.c_str()}));
		return hwmon::add(device, chip.c_str(), *this);
	}

	[[nodiscard]] Result<long> read(hwmon::UpdateInterval) const
	{
		return {std::in_place, interval_};
	}
	Result<> write(hwmon::UpdateInterval, long value)
	{
		interval_ = value;
		return {};
	}

	[[nodiscard]] Result<long> read(hwmon::TempInput, int channel) const
	{
		return {std::in_place, 20000 + channel * 1000};
	}
	[[nodiscard]] Result<const char *> read(hwmon::TempLabel, int channel) const
	{
		return channel == 0 ? "inside" : "outside";
	}
	[[nodiscard]] Result<long> read(hwmon::TempMax, int channel) const
	{
		return {std::in_place, max(channel)};
	}
	Result<> write(hwmon::TempMax, int channel, long value)
	{
		if (value > 125000)
			return EINVAL;
		maxima_[static_cast<std::size_t>(channel)] = value;
		return {};
	}
	[[nodiscard]] Result<long> read(hwmon::TempMaxAlarm, int channel) const
	{
		return {std::in_place, 20000 + channel * 1000 > max(channel) ? 1 : 0};
	}
	[[nodiscard]] Result<long> read(hwmon::TempFault, int /*channel*/) const { return EIO; }

	/// The second temperature has no limit.
	[[nodiscard]] bool has(hwmon::TempMax, int channel) const { return channel == 0; }
	[[nodiscard]] bool has(hwmon::TempMaxAlarm, int channel) const { return channel == 0; }

	[[nodiscard]] Result<long> read(hwmon::FanInput, int channel) const
	{
		return {std::in_place, 900 + channel};
	}
	[[nodiscard]] Result<long> read(hwmon::PwmInput, int /*channel*/) const { return 128L; }
	[[nodiscard]] Result<long> read(hwmon::EnergyInput, int /*channel*/) const { return 7L; }
	[[nodiscard]] Result<long> read(hwmon::IntrusionAlarm, int /*channel*/) const { return 1L; }

	Result<> set_brightness(unsigned int /*brightness*/) { return {}; }

private:
	[[nodiscard]] long max(int channel) const
	{
		return maxima_[static_cast<std::size_t>(channel)];
	}

	long interval_ = 1000;
	std::array<long, channels.temp> maxima_{80000, 90000};
	leds::Led led_;
};

struct Chips {
	static Result<Chips> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Chip>::make(module));
		return {std::in_place, std::move(driver),
			KTRY(platform::NewDevice::make("soft_sensors"))};
	}

	platform::Registration<Chip> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Chip);
KERNEL_MODULE(Chips);
