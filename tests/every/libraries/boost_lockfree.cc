// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <boost/lockfree/spsc_queue.hpp>

bool try_boost_lockfree();

bool try_boost_lockfree()
{
	boost::lockfree::spsc_queue<int, boost::lockfree::capacity<8>> queue;
	queue.push(3);
	int value = 0;
	return queue.pop(value) && value == 3;
}
