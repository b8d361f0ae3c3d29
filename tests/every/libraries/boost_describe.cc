// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

namespace
{

struct Point {
	int x;
	int y;
};
BOOST_DESCRIBE_STRUCT(Point, (), (x, y))

} // namespace

bool try_boost_describe();

bool try_boost_describe()
{
	using Members = boost::describe::describe_members<Point, boost::describe::mod_any_access>;
	int sum = 0;
	const Point point{1, 2};
	boost::mp11::mp_for_each<Members>([&](auto member) { sum += point.*member.pointer; });
	return sum == 3;
}
