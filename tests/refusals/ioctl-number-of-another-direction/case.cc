// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:14: kcxx: this is the number of another command, .*\n  write instead: kernel::Ior<T>
#include <cstdint>

#include <kernel/fs.hpp>

struct Speed {
	std::uint32_t value;
};
constexpr unsigned int GET_SPEED_OF_C = _IOR('p', 1, struct Speed);

#ifdef REFUSED
constexpr kernel::Iow<Speed> GET_SPEED{GET_SPEED_OF_C};
#else
constexpr kernel::Ior<Speed> GET_SPEED{GET_SPEED_OF_C};
#endif
static_assert(GET_SPEED == GET_SPEED_OF_C);
