// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <boost/intrusive/list.hpp>
#include <boost/intrusive/rbtree.hpp>

namespace
{

struct Item : boost::intrusive::list_base_hook<>, boost::intrusive::set_base_hook<> {
	explicit Item(int v) : value{v} {}
	bool operator<(const Item &other) const { return value < other.value; }
	int value;
};

} // namespace

bool try_boost_intrusive();

bool try_boost_intrusive()
{
	Item two{2};
	Item one{1};
	boost::intrusive::list<Item> list;
	list.push_back(two);
	list.push_front(one);
	boost::intrusive::rbtree<Item> tree;
	tree.insert_unique(two);
	tree.insert_unique(one);
	const bool works = list.size() == 2 && list.front().value == 1 && tree.begin()->value == 1;
	tree.clear();
	list.clear();
	return works;
}
