// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/i2c.hpp>
#include <kernel/leds.hpp>
#include <kernel/of.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

using namespace kernel;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for PCA9552, a chip with 16 LEDs on an I2C bus");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

// The registers
constexpr u8 dimmed_duty = 0x13;  // 256ths of the time that dimmed LEDs are off
constexpr u8 first_select = 0x16; // two bits for each of four LEDs

enum class Select : u8 {
	lit = 0,
	off = 1,
	dimmed = 2,
};

class Pca9552
{
public:
	static constexpr i2c::Ids ids{i2c::id("pca9552")};
	static constexpr of::Ids of_ids{of::compatible("nxp,pca9552")};

	static Result<Pca9552> probe(i2c::BoundClient &client)
	{
		if (!client.has(i2c::functions::byte_data))
			return ENODEV;
		return {std::in_place, client};
	}

	explicit Pca9552(i2c::Client &client) : client_{client} {}

	Result<> start(i2c::BoundClient &client)
	{
		for (unsigned int number = 0; number < leds_.size(); ++number)
			KTRY(leds_[number].add(
				client, *this,
				{.name = names[number], .max_brightness = 255, .number = number}));
		return {};
	}

	/// All LEDs that are neither off nor as bright as can be have one brightness.
	Result<> set_brightness(unsigned int led, unsigned int brightness)
	{
		auto turn = turn_.lock();
		if (brightness == 0)
			return select(led, Select::off);
		if (brightness == 255)
			return select(led, Select::lit);
		KTRY(client_.write_byte(dimmed_duty, static_cast<u8>(255 - brightness)));
		return select(led, Select::dimmed);
	}

private:
	static constexpr std::array names{
		"pca9552:led0",  "pca9552:led1",  "pca9552:led2",  "pca9552:led3",
		"pca9552:led4",  "pca9552:led5",  "pca9552:led6",  "pca9552:led7",
		"pca9552:led8",  "pca9552:led9",  "pca9552:led10", "pca9552:led11",
		"pca9552:led12", "pca9552:led13", "pca9552:led14", "pca9552:led15"};

	Result<> select(unsigned int led, Select value)
	{
		const auto place = static_cast<u8>(first_select + led / 4);
		const unsigned int shift = led % 4 * 2;
		const unsigned int others = KTRY(client_.read_byte(place)) & ~(3U << shift);
		return client_.write_byte(
			place, static_cast<u8>(others | static_cast<unsigned int>(value) << shift));
	}

	i2c::Client &client_;
	struct Turn {
	};
	Mutex<Turn> turn_{LOCK_CLASS("pca9552")}; // of a user of the registers
	std::array<leds::Led, names.size()> leds_;
};

} // namespace

KERNEL_I2C_DRIVER(Pca9552);
