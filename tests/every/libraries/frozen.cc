// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <functional>

#include <frozen/map.h>
#include <frozen/string.h>
#include <frozen/unordered_map.h>

namespace
{

constexpr frozen::unordered_map<frozen::string, int, 3> levels{
	{"low", 1}, {"middle", 5}, {"high", 9}};
constexpr frozen::map<int, char, 2> letters{{2, 'b'}, {1, 'a'}};

} // namespace

bool try_frozen();

bool try_frozen()
{
	volatile int number = 2;
	const int key = number;
	const auto found = letters.find(key);
	return levels.at("middle") == 5 && levels.find("none") == levels.end() &&
	       found != letters.end() && found->second == 'b';
}
