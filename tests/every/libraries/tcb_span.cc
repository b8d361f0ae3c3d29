// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <exception>

#include <tcb/span.hpp>

bool try_tcb_span();

bool try_tcb_span()
{
	volatile int number = 3;
	int numbers[4]{1, 2, 3, 4};
	const tcb::span<int> all{numbers};
	all[static_cast<unsigned>(number)] = 9;
	const tcb::span<const int> part = all.subspan(1, 2);
	return part.size() == 2 && part.front() == 2 && all.back() == 9 &&
	       tcb::as_bytes(part).size() == 8 && all.first<1>()[0] == 1;
}
