// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: kcxx-E1523: another CPU uses its object meanwhile: write PerCpu<Atomic<T>>
// errors: 1

// The other CPU changes its object at the same time, in no lock.

#include <kernel/percpu.hpp>

struct Traffic {
	unsigned int packets;
	unsigned int bytes;
};

unsigned int packets_of(const kernel::PerCpu<Traffic> &traffic, unsigned int cpu);
unsigned int packets_of([[maybe_unused]] const kernel::PerCpu<Traffic> &traffic,
			[[maybe_unused]] unsigned int cpu)
{
#ifdef REFUSED
	return traffic.of(cpu).packets;
#else
	return traffic.sum(&Traffic::packets);
#endif
}
