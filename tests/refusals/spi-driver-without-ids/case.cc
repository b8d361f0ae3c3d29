// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Chip names no devices: write in it static constexpr kernel::spi::Ids ids
// errors: 1
#include <kernel/prelude.hpp>
#include <kernel/spi.hpp>

MODULE_LICENSE("GPL");

namespace
{

struct Chip {
#ifndef REFUSED
	static constexpr kernel::spi::Ids ids{kernel::spi::id("chip")};
#endif
	static kernel::Result<Chip> probe(kernel::spi::BoundDevice & /*device*/) { return Chip{}; }
};

} // namespace

KERNEL_SPI_DRIVER(Chip);
