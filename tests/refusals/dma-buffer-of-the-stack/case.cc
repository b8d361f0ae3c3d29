// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: a device reaches the memory of a Vec, a Box or a Page: neither the stack
#include <array>
#include <utility>

#include <kernel/dma.hpp>

using Bytes = std::array<unsigned char, 64>;

kernel::Result<kernel::u64> send(kernel::BoundDevice &device);
kernel::Result<kernel::u64> send(kernel::BoundDevice &device)
{
#ifdef REFUSED
	Bytes bytes{};
#else
	auto bytes = KTRY(kernel::Box<Bytes>::make(kernel::GFP_KERNEL));
#endif
	auto mapped = KTRY(kernel::dma::map<kernel::dma::to_device>(device, std::move(bytes)));
	return mapped.address().number();
}
