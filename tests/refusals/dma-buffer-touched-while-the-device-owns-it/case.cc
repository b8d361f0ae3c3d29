// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the device owns the buffer until it is unmapped: write std::move\(buffer\)
#include <utility>

#include <kernel/dma.hpp>

using kernel::BoundDevice, kernel::Result, kernel::Vec;

Result<unsigned char> answer(BoundDevice &device, Vec<unsigned char> buffer);
Result<unsigned char> answer(BoundDevice &device, Vec<unsigned char> buffer)
{
#ifdef REFUSED
	auto mapped = KTRY(kernel::dma::map<kernel::dma::from_device>(device, buffer));
	return buffer[0];
#else
	auto mapped = KTRY(kernel::dma::map<kernel::dma::from_device>(device, std::move(buffer)));
	buffer = std::move(mapped).unmap();
	return buffer[0];
#endif
}
