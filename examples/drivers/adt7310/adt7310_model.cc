// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A controller of an SPI bus, with a model of ADT7310 on it: for machines without the chip

#include <array>
#include <utility>

#include <kernel/module.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/spi.hpp>

using namespace kernel;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A model of ADT7310 behind an SPI controller");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class Model
{
public:
	static constexpr platform::Ids ids{platform::id("adt7310_model")};

	static Result<Model> probe(platform::BoundDevice & /*device*/) { return {std::in_place}; }

	Result<> start(platform::BoundDevice &device)
	{
		spi::Controller &bus = KTRY(spi::add(device, *this));
		return bus.add_device("adt7310", {.max_speed_hz = 5'000'000});
	}

	void set_chip_select(spi::Device & /*device*/, bool high) { begins_ = !high; }

	Result<> transfer(spi::Device & /*device*/, const spi::Exchange &exchange)
	{
		const auto sent = exchange.sent();
		const auto received = exchange.received();
		for (std::size_t i = 0; i < exchange.size(); ++i) {
			const u8 answer = clock(sent.empty() ? u8{0} : sent[i]);
			if (!received.empty())
				received[i] = answer;
		}
		return {};
	}

private:
	/// The chip gets a byte, and sends one at the same time.
	u8 clock(u8 byte)
	{
		if (std::exchange(begins_, false)) {
			reads_ = (byte & 0x40) != 0;
			place_ = (std::size_t{byte} >> 3 & 7) * 2;
			return 0;
		}
		u8 &half = registers_[place_++ % registers_.size()];
		return reads_ ? half : std::exchange(half, byte);
	}

	// Two bytes for each register: 25.5 degrees, the identity, a limit
	std::array<u8, 16> registers_{0x80, 0, 0, 0, 0x0c, 0xc0, 0xc3, 0, 0x49, 0x80};
	bool begins_ = true;
	bool reads_ = false;
	std::size_t place_ = 0;
};

struct Adt7310Model {
	static Result<Adt7310Model> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Model>::make(module));
		auto device = KTRY(platform::NewDevice::make("adt7310_model"));
		return {std::in_place, std::move(driver), std::move(device)};
	}

	platform::Registration<Model> driver;
	platform::NewDevice device; // ends before its driver
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Model);
KERNEL_MODULE(Adt7310Model);
