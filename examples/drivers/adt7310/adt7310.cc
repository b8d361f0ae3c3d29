// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <algorithm>
#include <array>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/hwmon.hpp>
#include <kernel/of.hpp>
#include <kernel/prelude.hpp>
#include <kernel/spi.hpp>
#include <kernel/types.hpp>

using namespace kernel;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for ADT7310, a temperature sensor on an SPI bus");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

/// The registers, by their numbers
enum class Place : u8 {
	configuration = 1,
	temperature = 2,
	identity = 3,
	critical = 4,
	upper = 6,
	lower = 7
};

class Adt7310
{
public:
	static constexpr spi::Ids ids{spi::id("adt7310")};
	static constexpr of::Ids of_ids{of::compatible("adi,adt7310")};

	static Result<Adt7310> probe(spi::BoundDevice &device)
	{
		KTRY(device.setup({.mode = spi::Mode::mode3}));
		std::array<u8, 1> identity{};
		KTRY(device.write_then_read(command<true>(Place::identity), identity));
		if ((identity[0] & 0xf8) != 0xc0)
			return ENODEV;
		return {std::in_place, device};
	}

	explicit Adt7310(spi::Device &device) : device_{device} {}

	Result<> start(spi::BoundDevice &device)
	{
		constexpr u8 sixteen_bits = 1U << 7;
		const auto number = command<false>(Place::configuration);
		KTRY(device_.write(std::array{number[0], sixteen_bits}));
		return hwmon::add(device, "adt7310", *this);
	}

	Result<long> read(hwmon::TempInput, int /*channel*/) const
	{
		return get(Place::temperature);
	}
	Result<long> read(hwmon::TempMax, int /*channel*/) const { return get(Place::upper); }
	Result<long> read(hwmon::TempMin, int /*channel*/) const { return get(Place::lower); }
	Result<long> read(hwmon::TempCrit, int /*channel*/) const { return get(Place::critical); }
	Result<> write(hwmon::TempMax, int /*channel*/, long value)
	{
		return set(Place::upper, value);
	}
	Result<> write(hwmon::TempMin, int /*channel*/, long value)
	{
		return set(Place::lower, value);
	}
	Result<> write(hwmon::TempCrit, int /*channel*/, long value)
	{
		return set(Place::critical, value);
	}

private:
	/// The byte that begins a message
	template <bool Reads>
	[[nodiscard]] static std::array<u8, 1> command(Place place)
	{
		return {static_cast<u8>((Reads ? 0x40 : 0) | static_cast<u8>(place) << 3)};
	}

	/// A temperature in thousandths of a degree, of which the device has 128ths
	[[nodiscard]] Result<long> get(Place place) const
	{
		std::array<u8, 2> answer{};
		KTRY(device_.write_then_read(command<true>(place), answer));
		const auto raw = static_cast<s16>(KTRY(load<be16>(answer)).value());
		return {std::in_place, raw * 1000L / 128};
	}

	Result<> set(Place place, long value)
	{
		std::array<u8, 3> message{command<false>(place)[0]};
		const long raw = std::clamp(value, -55000L, 150000L) * 128 / 1000;
		KTRY(store<be16>(message, 1, static_cast<u16>(raw)));
		return device_.write(message);
	}

	spi::Device &device_;
};

} // namespace

KERNEL_SPI_DRIVER(Adt7310);
