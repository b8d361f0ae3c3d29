// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <version>

#if _GLIBCXX_RELEASE >= 15
#include <flat_set>
#endif

#include <functional>

#include "few.hpp"
#include "probes.hpp"

#if _GLIBCXX_RELEASE >= 15
bool probes::try_flat_set_finds()
{
	std::flat_set<int, std::greater<>, probes::Few<int>> set;
	set.insert(1 + zero());
	set.insert(3);
	const auto [at, fresh] = set.insert(2);
	return fresh && *at == 2 && !set.insert(3).second && *set.begin() == 3 && set.size() == 3 &&
	       set.erase(3) == 1 && *set.upper_bound(2) == 1;
}
#endif
