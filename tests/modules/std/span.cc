// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <span>

#include "probes.hpp"

bool probes::try_span()
{
	int a[3]{1, 2, 3};
	std::span<int> s{a};
	return s.subspan(1)[0] == 2 && std::as_bytes(s).size() == 12;
}
