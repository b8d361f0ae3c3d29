// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: a transfer has parts that are made in its call: write transfer\(i2c::send\(command\)
#include <array>

#include <kernel/i2c.hpp>

kernel::Result<> reset(kernel::i2c::Client &client);
kernel::Result<> reset(kernel::i2c::Client &client)
{
	static constexpr std::array<unsigned char, 2> command{0x99, 0};
#ifdef REFUSED
	const auto part = kernel::i2c::send(command);
	return client.transfer(part);
#else
	return client.transfer(kernel::i2c::send(command));
#endif
}
