// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <boost/mp11.hpp>

bool try_boost_mp11();

bool try_boost_mp11()
{
	using namespace boost::mp11;
	using Types = mp_list<int, char, long>;
	int size = 0;
	mp_for_each<Types>([&](auto value) { size += int{sizeof(value)}; });
	return size == 13 && mp_size<Types>::value == 3;
}
