// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <coroutine>

#include <cstddef>

#include "probes.hpp"

namespace
{

alignas(16) char frame[512];

/// A coroutine whose frame is the one above
struct Numbers {
	struct promise_type {
		void *operator new(std::size_t size) noexcept
		{
			return size <= sizeof(frame) ? frame : nullptr;
		}
		void operator delete(void * /*frame*/, std::size_t /*size*/) {}
		static Numbers get_return_object_on_allocation_failure() { return {}; }
		Numbers get_return_object()
		{
			return {std::coroutine_handle<promise_type>::from_promise(*this)};
		}
		std::suspend_always initial_suspend() noexcept { return {}; }
		std::suspend_always final_suspend() noexcept { return {}; }
		std::suspend_always yield_value(int number)
		{
			current = number;
			return {};
		}
		void return_void() {}
		void unhandled_exception() {}

		int current = 0;
	};
	std::coroutine_handle<promise_type> handle;
};

Numbers up_to(int last)
{
	for (int i = 1; i <= last; ++i)
		co_yield i;
}

} // namespace

bool probes::try_coroutine_has_handles()
{
	std::coroutine_handle<> none = std::noop_coroutine();
	none.resume();
	return !none.done() && !std::coroutine_handle<Numbers::promise_type>{} &&
	       std::suspend_never{}.await_ready();
}

bool probes::try_coroutine_runs()
{
	const Numbers numbers = up_to(3 + zero());
	int sum = 0;
	for (numbers.handle.resume(); !numbers.handle.done(); numbers.handle.resume())
		sum += numbers.handle.promise().current;
	return sum == 6;
}
