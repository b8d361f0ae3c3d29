// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the device changes the bytes: T has to be trivially copyable
#include <kernel/dma.hpp>

struct Descriptor {
	kernel::u64 address;
#ifdef REFUSED
	~Descriptor() { address = 0; }
#endif
};

kernel::Result<kernel::u64> ring(kernel::BoundDevice &device);
kernel::Result<kernel::u64> ring(kernel::BoundDevice &device)
{
	auto made = KTRY(kernel::dma::Coherent<Descriptor>::make(device, 16, kernel::GFP_KERNEL));
	return made.address().number();
}
