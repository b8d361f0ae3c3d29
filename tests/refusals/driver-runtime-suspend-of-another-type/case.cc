// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Pump::runtime_suspend\(\) is not the one of a driver: write kernel::Result<>
// runtime_suspend errors: 1
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

struct Pump {
	static constexpr kernel::platform::Ids ids{kernel::platform::id("pump")};

	static kernel::Result<Pump> probe(kernel::platform::BoundDevice & /*device*/)
	{
		return Pump{};
	}
#ifdef REFUSED
	void runtime_suspend(kernel::platform::BoundDevice & /*device*/) {}
#else
	kernel::Result<> runtime_suspend(kernel::platform::BoundDevice & /*device*/) { return {}; }
#endif
};
KERNEL_PLATFORM_DRIVER(Pump);
