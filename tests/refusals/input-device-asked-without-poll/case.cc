// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: an input device that is asked has a function for it: write public: void poll\(\)
#include <kernel/input.hpp>

using namespace kernel::literals;

struct Pedals {
#ifdef REFUSED
	int poll();
#else
	void poll();
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, kernel::input::Device &input, Pedals &pedals);
kernel::Result<> add(kernel::BoundDevice &device, kernel::input::Device &input, Pedals &pedals)
{
	return input.add(device, pedals, {.name = "pedals"}, 10_ms);
}
