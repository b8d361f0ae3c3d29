// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the name of a file system is not empty and has no dot
#include <kernel/file_system.hpp>

// The kernel would BUG() when it is registered.
struct Small {
#ifdef REFUSED
	static constexpr const char *name = "small.fs";
#else
	static constexpr const char *name = "smallfs";
#endif
	static constexpr unsigned long magic = 0x736d616c;

	static kernel::Result<Small> mount() { return Small{}; }
};

kernel::Result<kernel::FileSystem<Small>> small();
kernel::Result<kernel::FileSystem<Small>> small()
{
	return kernel::FileSystem<Small>::make();
}
