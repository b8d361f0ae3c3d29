// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the class has no transfer of a controller: write in it Result<> transfer\(
// errors: 1
#include <kernel/spi.hpp>

struct Bus {
#ifdef REFUSED
	kernel::Result<> transfer(const kernel::spi::Exchange & /*exchange*/) { return {}; }
#else
	kernel::Result<> transfer(kernel::spi::Device & /*device*/,
				  const kernel::spi::Exchange & /*exchange*/)
	{
		return {};
	}
#endif
};

kernel::Result<> start(kernel::BoundDevice &device, Bus &bus);
kernel::Result<> start(kernel::BoundDevice &device, Bus &bus)
{
	(void)KTRY(kernel::spi::add(device, bus));
	return {};
}
