// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:(17|19): kcxx: the handler takes another type than the number has\n  write instead: .*const T &value
#include <cstdint>

#include <kernel/ioctl.hpp>

struct Speed {
	std::uint32_t value;
};
constexpr kernel::Iow<Speed> SET_SPEED{'p', 1};

kernel::Result<> set(kernel::IoctlCall &call);
kernel::Result<> set(kernel::IoctlCall &call)
{
	return call
		.on(SET_SPEED,
#ifdef REFUSED
		    [](const std::uint64_t &) -> kernel::Result<> { return {}; }
#else
		    [](const Speed &) -> kernel::Result<> { return {}; }
#endif
		    )
		.result();
}
