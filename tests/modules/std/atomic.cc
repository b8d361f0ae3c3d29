// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <atomic>

#include "probes.hpp"

bool probes::try_atomic()
{
	std::atomic<int> a{1};
	int expected = 3;
	a.fetch_add(2, std::memory_order_acq_rel);
	std::atomic_flag f;
	std::atomic_ref<int> r{expected};
	return a.compare_exchange_strong(expected, 4) && a.load() == 4 && !f.test_and_set() &&
	       r.load() == 3;
}
