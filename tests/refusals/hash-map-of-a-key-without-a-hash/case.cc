// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: KeyedHash cannot hash a key of this type: its class needs a function hash_key\(\) const
#include <kernel/containers.hpp>
#include <kernel/prelude.hpp>

struct Place {
	char row; // padding follows
	long column;
#ifndef REFUSED
	long hash_key() const { return row + column; }
#endif
	friend bool operator==(const Place &, const Place &) = default;
};

bool has(const kernel::HashMap<Place, int> &map);
bool has(const kernel::HashMap<Place, int> &map)
{
	return map.contains({'a', 3});
}
