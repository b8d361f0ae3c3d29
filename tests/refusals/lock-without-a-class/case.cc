// compilers: gcc, clang
// expected: no matching (function|constructor)|could not convert
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// Each declaration names the class of its lock.

#include <kernel/spinlock.hpp>

struct Device {
	kernel::SpinLock<int> state{0};
};

int get(Device &device);
int get(Device &device)
{
	return *device.state.lock();
}
