// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: user space: the type has padding
#include <cstdint>

#include <kernel/uaccess.hpp>

// Three bytes of it would be whatever lay on the kernel's stack.
struct Status {
	std::uint8_t state;
#ifndef REFUSED
	std::uint8_t reserved[3];
#endif
	std::uint32_t speed;
};

kernel::Result<> tell(kernel::UserWriter &to, const Status &status);
kernel::Result<> tell(kernel::UserWriter &to, const Status &status)
{
	return to.write(status);
}
