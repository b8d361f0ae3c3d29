// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <expected>

#include "probes.hpp"

bool probes::try_expected()
{
	std::expected<int, int> e{3};
	std::expected<int, int> f = std::unexpected(4);
#if __cpp_lib_expected >= 202211L
	if (e.transform([](int n) { return n + 1; }) != 4 || f.error_or(5) != 4)
		return false;
#endif
	return *e == 3 && f.error() == 4 && e.value_or(1) == 3;
}
