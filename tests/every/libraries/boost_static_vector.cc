// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <boost/container/static_vector.hpp>

bool try_boost_static_vector();

bool try_boost_static_vector()
{
	boost::container::static_vector<int, 4> numbers;
	numbers.push_back(3);
	return numbers.size() == 1 && numbers[0] == 3;
}
