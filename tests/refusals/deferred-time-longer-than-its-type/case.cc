// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: literal_is_longer_than_292_years
#include <kernel/ktime.hpp>

using namespace kernel::literals;

kernel::Nanoseconds longest();
kernel::Nanoseconds longest()
{
#ifdef REFUSED
	return 9300000000_s;
#else
	return 9200000000_s;
#endif
}
