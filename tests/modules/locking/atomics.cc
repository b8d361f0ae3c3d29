// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>

#include <kernel/atomic.hpp>
#include <kernel/kthread.hpp>
#include <kernel/rwonce.hpp>

#include "checks.hpp"

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

constinit Atomic<int> everywhere{5};

template <typename T>
bool counts()
{
	Atomic<T> n{10};
	n.add(5);
	n.sub(3);
	CHECK(n.read() == 12 && n.read_acquire() == 12);
	CHECK(n.fetch_add(1) == 12 && n.fetch_add_relaxed(1) == 13);
	CHECK(n.fetch_add_acquire(1) == 14 && n.fetch_add_release(1) == 15);
	CHECK(n.fetch_sub(1) == 16 && n.fetch_sub_relaxed(1) == 15);
	CHECK(n.fetch_sub_acquire(1) == 14 && n.fetch_sub_release(1) == 13 && n.read() == 12);
	n.set(0);
	n.sub(1);
	CHECK(n.read() == static_cast<T>(-1));
	n.set_release(7);
	CHECK(n.read() == 7);
	return true;
}

template <typename T>
bool exchanges()
{
	Atomic<T> n{0xf0};
	n.or_bits(0xf);
	n.and_bits(0x7e);
	CHECK(n.fetch_or(1) == 0x7e && n.fetch_or_relaxed(0x80) == 0x7f);
	CHECK(n.fetch_and(0xf) == 0xff && n.fetch_and_release(3) == 0xf && n.read() == 3);
	CHECK(n.exchange(4) == 3 && n.exchange_relaxed(5) == 4 && n.exchange_acquire(6) == 5);
	CHECK(n.exchange_release(7) == 6);
	CHECK(n.cmpxchg(8, 9) == 7 && n.read() == 7);
	CHECK(n.cmpxchg(7, 9) == 7 && n.cmpxchg_relaxed(9, 10) == 9);
	CHECK(n.cmpxchg_acquire(10, 11) == 10 && n.cmpxchg_release(11, 12) == 11);
	CHECK(n.read() == 12);
	return true;
}

bool operations_of_32_bits()
{
	CHECK(counts<int>() && counts<unsigned int>());
	CHECK(exchanges<int>() && exchanges<unsigned int>());
	CHECK(everywhere.fetch_add(1) == 5);
	return true;
}

bool operations_of_64_bits()
{
	CHECK(counts<long>() && counts<unsigned long>() && counts<long long>());
	CHECK(exchanges<long>() && exchanges<unsigned long>());
	Atomic<long> wide{1L << 40};
	wide.add(1L << 41);
	CHECK(wide.read() == 3L << 40 && wide.cmpxchg(3L << 40, -1) == 3L << 40);
	CHECK(wide.read() == -1);
	return true;
}

bool counts_of_four_threads_are_exact()
{
	Atomic<int> full;
	Atomic<long> relaxed;
	Atomic<int> exchanged;
	const auto work = [&] {
		for (int i = 0; i < 20000; ++i) {
			full.add(1);
			relaxed.fetch_add_relaxed(2);
			int now = exchanged.read();
			for (int found = 0; (found = exchanged.cmpxchg(now, now + 1)) != now;)
				now = found;
		}
	};
	std::array threads{KThread::run("kcxx-add", work), KThread::run("kcxx-add", work),
			   KThread::run("kcxx-add", work), KThread::run("kcxx-add", work)};
	for (auto &thread : threads) {
		CHECK(thread);
		thread->join();
	}
	CHECK(full.read() == 80000 && relaxed.read() == 160000 && exchanged.read() == 80000);
	return true;
}

bool once_reads_and_writes()
{
	int number = 1;
	int *pointer = nullptr;
	write_once(number, 2);
	write_once(pointer, &number);
	CHECK(read_once(number) == 2 && *read_once(pointer) == 2);
	return true;
}

struct Atomics {
	static Result<Atomics> init(ThisModule & /*self*/)
	{
		BEHAVES(operations_of_32_bits);
		BEHAVES(operations_of_64_bits);
		BEHAVES(counts_of_four_threads_are_exact);
		BEHAVES(once_reads_and_writes);
		return Atomics{};
	}
};

} // namespace

KERNEL_MODULE(Atomics);
