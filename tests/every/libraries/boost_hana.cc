// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <boost/hana.hpp>

bool try_boost_hana();

bool try_boost_hana()
{
	namespace hana = boost::hana;
	const auto tuple = hana::make_tuple(1, 2L, 'c');
	return hana::size(tuple) == hana::size_c<3> && hana::at_c<1>(tuple) == 2;
}
