// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A driver for the platform device nocost_cxx: counts its interrupts, and lends it buffers

#include <array>
#include <utility>

#include <kernel/dma.hpp>
#include <kernel/interrupt.hpp>
#include <kernel/memory.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>

#include <generated/kcxx-bindings.hpp>

#include "subjects.h"

using namespace kernel;

namespace
{

using Buffer = std::array<u8, BUFFER_SIZE>;

class Counter
{
public:
	static constexpr const char *driver_name = "nocost_cxx";
	static constexpr platform::Ids ids{platform::id("nocost_cxx")};

	static Result<Counter> probe(platform::BoundDevice &device)
	{
		KTRY(dma::set_mask(device, 64));
		return {std::in_place, device};
	}
	explicit Counter(platform::BoundDevice &device) : device_(device) {}

	Result<> start(platform::BoundDevice &device)
	{
		the_only = this;
		return irq_.request(device, KTRY(device.irq(0)));
	}

	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
	{
		++interrupts;
		return IrqReturn::handled;
	}

	Result<> lend_buffer()
	{
		auto buffer = KTRY(Box<Buffer>::make(GFP_KERNEL));
		const auto mapped = KTRY(dma::map<dma::to_device>(device_, std::move(buffer)));
		return {};
	}

	static inline Counter *the_only;
	unsigned long interrupts{};

private:
	BoundDevice &device_;
	Irq<&Counter::interrupt> irq_{*this};
};

using Registration = platform::Registration<Counter>;
Registration *registered;

Result<> make()
{
	ThisModule module{&bindings::__this_module};
	auto made = KTRY(Registration::make(module));
	registered = KTRY(Box<Registration>::make(GFP_KERNEL, std::move(made))).release().to_raw();
	return {};
}

} // namespace

int cxx_driver_make()
{
	return to_c(make());
}

void cxx_driver_destroy()
{
	auto last = Box<Registration>::adopt(Released<Box<Registration>>::from_raw(registered));
}

unsigned long cxx_interrupts()
{
	return Counter::the_only->interrupts;
}

int cxx_dma_map()
{
	return to_c(Counter::the_only->lend_buffer());
}
