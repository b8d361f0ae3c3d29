// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <algorithm>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/hwmon.hpp>
#include <kernel/i2c.hpp>
#include <kernel/of.hpp>
#include <kernel/prelude.hpp>
#include <kernel/regmap.hpp>

using namespace kernel;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for TMP105, a temperature sensor on an I2C bus, by a register map");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

// The registers, whose offsets are their numbers. Temperatures are 16ths of a degree, in the upper
// 12 bits.
struct Temperature : Register<u16, 0, Access::read_only> {
	using Sixteenths = Field<15, 4>;
};
struct Configuration : Register<u16, 1> { // a byte, and one that the device ignores
	using Shutdown = Bit<8>;
	using Resolution = Field<14, 13>;
};
using Lower = Register<u16, 2>;
using Upper = Register<u16, 3>;

using Layout = RegmapLayout<u8, Volatile<Temperature>, Configuration, Lower, Upper>;

class Tmp105
{
public:
	static constexpr i2c::Ids ids{i2c::id("cxx_tmp105")};
	static constexpr of::Ids of_ids{of::compatible("ti,tmp105")};

	static Result<Tmp105> probe(i2c::BoundClient &client)
	{
		auto registers = KTRY(Regmap<Layout>::make(client, {.cache = RegmapCache::tree}));
		KTRY(registers.update<Configuration>(Configuration::Shutdown{false},
						     Configuration::Resolution{3}));
		return {std::in_place, registers};
	}

	explicit Tmp105(Regmap<Layout> registers) : registers_{registers} {}

	Result<> start(i2c::BoundClient &client) { return hwmon::add(client, "tmp105", *this); }

	// The device may lose its registers while the machine sleeps.
	Result<> suspend(i2c::BoundClient & /*client*/)
	{
		KTRY(registers_.update<Configuration>(Configuration::Shutdown{true}));
		registers_.cache_only(true);
		registers_.mark_dirty();
		return {};
	}
	Result<> resume(i2c::BoundClient & /*client*/)
	{
		registers_.cache_only(false);
		KTRY(registers_.sync());
		return registers_.update<Configuration>(Configuration::Shutdown{false});
	}

	Result<long> read(hwmon::TempInput, int /*channel*/) const
	{
		return degrees<Temperature>();
	}
	Result<long> read(hwmon::TempMin, int /*channel*/) const { return degrees<Lower>(); }
	Result<long> read(hwmon::TempMax, int /*channel*/) const { return degrees<Upper>(); }
	Result<> write(hwmon::TempMin, int /*channel*/, long value) { return limit<Lower>(value); }
	Result<> write(hwmon::TempMax, int /*channel*/, long value) { return limit<Upper>(value); }

private:
	template <typename R>
	[[nodiscard]] Result<long> degrees() const
	{
		const auto raw = static_cast<s16>(KTRY(registers_.read<R>()).bits());
		return {std::in_place, raw / 16 * 1000L / 16};
	}

	template <typename R>
	Result<> limit(long thousandths)
	{
		const long sixteenths = std::clamp(thousandths, -55000L, 128000L) * 16 / 1000;
		return registers_.write<R>(static_cast<u16>(sixteenths * 16));
	}

	Regmap<Layout> registers_;
};

} // namespace

KERNEL_I2C_DRIVER(Tmp105);
