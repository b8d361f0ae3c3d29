// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: controllers reach buffers by DMA: the memory of a Vec, a Box or a Page
#include <array>

#include <kernel/spi.hpp>

kernel::Result<> reset(kernel::spi::Device &device);
kernel::Result<> reset(kernel::spi::Device &device)
{
	const std::array<unsigned char, 2> command{0x99, 0};
#ifdef REFUSED
	return device.transfer(kernel::spi::send(command));
#else
	return device.write(command);
#endif
}
