// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <span>

#include <cstddef>

#include "probes.hpp"

bool probes::try_span_indexes()
{
	int a[3]{1, 2, 3 + zero()};
	const std::span<int> s{a};
	s[static_cast<unsigned>(zero())] = 9;
	return a[0] == 9 && s.front() == 9 && s.back() == 3 && s.size_bytes() == 12;
}

bool probes::try_span_takes_parts()
{
	int a[4]{1, 2, 3, 4 + zero()};
	const std::span<const int> s{a, a + 4};
	return s.subspan(1, 2)[1] == 3 && s.first(2).back() == 2 && s.last<1>()[0] == 4 &&
	       s.last<1>().extent == 1;
}

bool probes::try_span_shows_bytes()
{
	unsigned number = 0x01020304u + static_cast<unsigned>(zero());
	const std::span<unsigned, 1> one{&number, 1};
	std::as_writable_bytes(one)[3] = std::byte{0};
	return std::as_bytes(one)[0] == std::byte{4} && number == 0x00020304;
}
