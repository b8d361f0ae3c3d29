// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the function that gets a file is void loaded\(Result<Firmware> file\)
#include <kernel/firmware.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

struct Pump {
	static constexpr kernel::platform::Ids ids{kernel::platform::id("pump")};

	static kernel::Result<Pump> probe(kernel::platform::BoundDevice & /*device*/)
	{
		return {std::in_place};
	}
	kernel::Result<> start(kernel::platform::BoundDevice &device)
	{
		return loader.request(device, "acme/pump.bin");
	}

#ifdef REFUSED
	void loaded(const kernel::Firmware & /*file*/) {}
#else
	void loaded(kernel::Result<kernel::Firmware> /*file*/) {}
#endif

	kernel::FirmwareLoader<&Pump::loaded> loader{*this};
};
KERNEL_PLATFORM_DRIVER(Pump);
