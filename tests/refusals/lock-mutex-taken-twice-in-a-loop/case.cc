// compilers: clang
// expected: acquiring mutex 'table\.mutex' that is already held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The second time need not stand beside the first.

#include <kernel/mutex.hpp>

struct Table {
	kernel::Mutex<int> mutex{LOCK_CLASS("table")};
};

int sum(Table &table);
int sum(Table &table)
{
	auto all = table.mutex.lock();
	int found = 0;
	for (int i = 0; i < *all; ++i)
		found += *table.mutex.lock();
	return found;
}
