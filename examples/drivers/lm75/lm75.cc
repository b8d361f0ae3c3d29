// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <algorithm>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/hwmon.hpp>
#include <kernel/i2c.hpp>
#include <kernel/of.hpp>
#include <kernel/prelude.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for LM75, a temperature sensor on an I2C bus");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

/// How many bits the temperature of a member of the family has
struct Model {
	int bits;
};

class Lm75
{
public:
	static constexpr i2c::Ids ids{i2c::id("cxx_lm75", Model{.bits = 9}),
				      i2c::id("cxx_tmp105", Model{.bits = 12})};
	static constexpr of::Ids of_ids{of::compatible("national,lm75", Model{.bits = 9}),
					of::compatible("ti,tmp105", Model{.bits = 12})};

	static Result<Lm75> probe(i2c::BoundClient &client, const Model &model)
	{
		if (!client.has(i2c::functions::byte_data | i2c::functions::word_data))
			return ENODEV;
		return {std::in_place, client, model};
	}

	Lm75(i2c::Client &client, const Model &model) : client_{client}, model_{model} {}

	Result<> start(i2c::BoundClient &client)
	{
		KTRY(client_.write_byte(configuration, 0)); // ends a shutdown
		dev_info(client, "%d bits at address %#x\n", model_.bits, client.address());
		return hwmon::add(client, "lm75", *this);
	}

	Result<long> read(hwmon::TempInput, int /*channel*/) const { return temperature(input); }
	Result<long> read(hwmon::TempMax, int /*channel*/) const { return temperature(maximum); }
	Result<> write(hwmon::TempMax, int /*channel*/, long value)
	{
		// Half degrees, in the upper 9 of 16 bits
		const long halves = std::clamp(value, -55000L, 125000L) / 500;
		return client_.write_word_swapped(maximum, static_cast<u16>(halves * 128));
	}

private:
	// The registers
	static constexpr u8 input = 0;
	static constexpr u8 configuration = 1;
	static constexpr u8 maximum = 3;

	[[nodiscard]] Result<long> temperature(u8 place) const
	{
		// 256ths of a degree, of which the device has the upper bits
		const auto raw = static_cast<s16>(KTRY(client_.read_word_swapped(place)));
		const int unused = 16 - model_.bits;
		return {std::in_place, (raw >> unused << unused) * 1000L / 256};
	}

	i2c::Client &client_;
	Model model_;
};

} // namespace

KERNEL_I2C_DRIVER(Lm75);
