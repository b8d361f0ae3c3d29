// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:14: kcxx: this is the number of another command, .*\n  write instead: kernel::Ior<T>
#include <cstdint>

#include <kernel/fs.hpp>

struct Speed {
	std::uint32_t value;
};
constexpr unsigned int SET_SPEED_OF_C = _IOW('p', 1, struct Speed);

#ifdef REFUSED
constexpr kernel::Iow<std::uint64_t> SET_SPEED{SET_SPEED_OF_C};
#else
constexpr kernel::Iow<Speed> SET_SPEED{SET_SPEED_OF_C};
#endif
static_assert(SET_SPEED == SET_SPEED_OF_C);
