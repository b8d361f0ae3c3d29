// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the class has no memory: write in it kernel::Result<> read_nvmem\(unsigned int offset,
// std::span<kernel::u8> to\) const;
#include <kernel/nvmem.hpp>

struct Pump {
#ifdef REFUSED
	kernel::Result<> read_nvmem(unsigned int offset, std::span<kernel::u8> to);
#else
	kernel::Result<> read_nvmem(unsigned int offset, std::span<kernel::u8> to) const;
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, const Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, const Pump &pump)
{
	return kernel::nvmem::add(device, pump, {.size = 64});
}
