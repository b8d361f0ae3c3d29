// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Pump has no public probe\(\) for a device on an I2C bus: write in it static
// kernel::Result<Pump> probe\(kernel::i2c::BoundClient &\); errors: 1
#include <kernel/i2c.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

#ifdef REFUSED
using Device = kernel::platform::BoundDevice;
#else
using Device = kernel::i2c::BoundClient;
#endif

struct Pump {
	static constexpr kernel::i2c::Ids ids{kernel::i2c::id("pump")};
	static kernel::Result<Pump> probe(Device & /*device*/) { return Pump{}; }
};
KERNEL_I2C_DRIVER(Pump);
