// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: user space: the type holds a pointer
#include <cstdint>

#include <kernel/uaccess.hpp>

// User space would choose an address that the kernel reads, or learn one of the kernel.
struct Request {
	std::uint64_t size;
#ifdef REFUSED
	char *text;
#else
	std::uint64_t text;
#endif
};

kernel::Result<Request> request(kernel::UserReader &from);
kernel::Result<Request> request(kernel::UserReader &from)
{
	return from.read<Request>();
}
