// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:17: error: kcxx: plain 'delete'\n  found: operator delete\(void\*, unsigned long\) in drop\(int\*\)\n
// errors: 1
#include <kernel/prelude.hpp>

// The deleting destructor calls operator delete, and is not called itself.
struct Pump {
	virtual ~Pump();
};
Pump::~Pump() = default;

void drop(int *number);
void drop([[maybe_unused]] int *number)
{
#ifdef REFUSED
	delete number;
#endif
}
