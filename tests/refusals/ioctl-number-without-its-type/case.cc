// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:18: kcxx: this number has no type, .*\n  write instead: kernel::Ior<T>
#include <cstdint>

#include <kernel/fs.hpp>

struct Speed {
	std::uint32_t value;
};
constexpr unsigned int SET_SPEED_OF_C = _IOW('p', 1, struct Speed);

kernel::Result<> set(kernel::IoctlCall &call);
kernel::Result<> set(kernel::IoctlCall &call)
{
	return call
#ifdef REFUSED
		.on(SET_SPEED_OF_C, [](const Speed &) -> kernel::Result<> { return {}; })
#else
		.on(kernel::Iow<Speed>{SET_SPEED_OF_C},
		    [](const Speed &) -> kernel::Result<> { return {}; })
#endif
		.result();
}
