// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <atomic>

#include "probes.hpp"

bool probes::try_atomic_exchanges()
{
	std::atomic<int> a{1};
	int expected = 3;
	a.fetch_add(2, std::memory_order_acq_rel);
	return a.compare_exchange_strong(expected, 4) && a.load() == 4 && a.exchange(5) == 4 &&
	       !a.compare_exchange_weak(expected, 6);
}

bool probes::try_atomic_counts_in_64_bits()
{
	std::atomic<long long> a{1LL << 40};
	a -= 1;
	a |= 1LL << 50;
	return (a.fetch_and(~1LL, std::memory_order_relaxed) & 1) == 1 && a.is_lock_free() &&
	       a.load(std::memory_order_acquire) == (1LL << 50) + (1LL << 40) - 2;
}

bool probes::try_atomic_flags()
{
	std::atomic_flag f;
	const bool first = f.test_and_set(std::memory_order_acquire);
	const bool second = f.test();
	f.clear(std::memory_order_release);
	return !first && second && !f.test();
}

bool probes::try_atomic_refers()
{
	int number = 3 + zero();
	std::atomic_ref<int> r{number};
	r.fetch_add(2);
	return r.load() == 5 && number == 5;
}

bool probes::try_atomic_points()
{
	enum class State : char { idle, busy };
	int numbers[3]{1, 2, 3};
	std::atomic<int *> p{numbers + zero()};
	std::atomic<State> state{State::idle};
	state.store(State::busy);
	p.fetch_add(2);
	std::atomic_thread_fence(std::memory_order_seq_cst);
	return *p.load() == 3 && state.load() == State::busy;
}
