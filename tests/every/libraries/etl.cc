// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <etl/map.h>
#include <etl/pool.h>
#include <etl/queue_spsc_atomic.h>
#include <etl/string.h>
#include <etl/vector.h>

namespace
{

struct Sample {
	explicit Sample(long v) : value{v} {}
	long value;
};

} // namespace

bool try_etl();

bool try_etl()
{
	etl::vector<int, 4> numbers{3, 1, 2};
	numbers.insert(numbers.begin(), 4);
	etl::map<int, char, 4> letters;
	letters[2] = 'b';
	letters[1] = 'a';
	etl::string<8> text{"kernel"};
	text += "-module"; // truncated
	etl::queue_spsc_atomic<int, 2> queue;
	const bool queued = queue.push(1) && queue.push(2) && !queue.push(3);
	etl::pool<Sample, 2> pool;
	Sample *object = pool.create(7L);
	const bool pooled = object != nullptr && object->value == 7 && pool.available() == 1;
	pool.destroy(object);
	return numbers.full() && numbers[0] == 4 && letters.begin()->second == 'a' &&
	       text == "kernel-m" && queued && pooled;
}
