// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <version>

#if _GLIBCXX_RELEASE >= 15
#include <flat_map>
#endif

#include <functional>

#include "few.hpp"
#include "probes.hpp"

#if _GLIBCXX_RELEASE >= 15
bool probes::try_flat_map_finds()
{
	std::flat_map<int, char, std::less<>, probes::Few<int>, probes::Few<char>> map;
	map[3 + zero()] = 'c';
	map.emplace(1, 'a');
	const bool twice = map.try_emplace(3, 'x').second;
	map.insert_or_assign(2, 'b');
	int keys = 0;
	for (const auto [key, value] : map)
		keys = keys * 10 + key;
	return !twice && keys == 123 && map.at(3) == 'c' && map.find(9) == map.end() &&
	       map.lower_bound(2)->second == 'b' && map.erase(2) == 1 && !map.contains(2);
}
#endif
