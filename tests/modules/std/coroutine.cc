// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <coroutine>

#include "probes.hpp"

bool probes::try_coroutine()
{
	struct Task {
		struct promise_type {
			Task get_return_object()
			{
				return {std::coroutine_handle<promise_type>::from_promise(*this)};
			}
			std::suspend_always initial_suspend() noexcept { return {}; }
			std::suspend_always final_suspend() noexcept { return {}; }
			void return_void() {}
			void unhandled_exception() {}
		};
		std::coroutine_handle<promise_type> handle;
	};
	std::coroutine_handle<> none = std::noop_coroutine();
	none.resume();
	return !std::coroutine_handle<Task::promise_type>{};
}
