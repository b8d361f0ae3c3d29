// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: bytes are received into memory that can be written: an array, a Vec or a std::span of u8
#include <array>

#include <kernel/i2c.hpp>

kernel::Result<> read(kernel::i2c::Client &client);
kernel::Result<> read(kernel::i2c::Client &client)
{
#ifdef REFUSED
	const std::array<unsigned char, 2> answer{};
#else
	std::array<unsigned char, 2> answer{};
#endif
	return client.transfer(kernel::i2c::receive(answer));
}
