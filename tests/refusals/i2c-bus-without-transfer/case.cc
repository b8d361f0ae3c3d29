// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the class has no transfer of a bus: write in it Result<> transfer\(i2c::Messages messages\)
#include <kernel/i2c.hpp>

struct Bus {
#ifdef REFUSED
	int transfer(kernel::i2c::Messages messages);
#else
	kernel::Result<> transfer(kernel::i2c::Messages messages);
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, Bus &bus);
kernel::Result<> add(kernel::BoundDevice &device, Bus &bus)
{
	kernel::i2c::Adapter &adapter = KTRY(kernel::i2c::add(device, bus, "bus"));
	return adapter.add_device("pump", 0x30);
}
