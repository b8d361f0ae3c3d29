// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: unmap\(\) ends the mapping: write std::move\(mapped\).unmap\(\)
#include <utility>

#include <kernel/dma.hpp>

using Mapped = kernel::dma::Mapping<kernel::dma::to_device, kernel::Vec<unsigned char>>;

kernel::Vec<unsigned char> take(Mapped mapped);
kernel::Vec<unsigned char> take(Mapped mapped)
{
#ifdef REFUSED
	return mapped.unmap();
#else
	return std::move(mapped).unmap();
#endif
}
