// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Works and timers that call a closure. C API: none.

#pragma once

#include <type_traits>
#include <utility>

#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/sync/sendable.hpp>
#include <kernel/types/callback.hpp>

namespace kernel
{

/// A Work, DelayedWork, Timer or HrTimer that owns its callable. Captures of the callable live
/// until it cannot run any more: captured Arcs need no order of declaration.
///
///     auto blink = KTRY(Closure<Timer>::make(GFP_KERNEL, LOCK_CLASS("blink"),
///                                            [led = led.clone()]() KCXX_LAMBDA_MUST_NOT_SLEEP {
///                                                    led->toggle();
///                                            }));
///     blink->start(milliseconds(500));
///
/// Moves, does not copy. A moved-from Closure is empty: `->` of it BUG()s.
template <template <auto> class Item>
class [[nodiscard]] Closure
{
	using Calls = detail::CallsOf<Item>;

	template <typename Callable>
	static constexpr bool declared = !Calls::atomic || std::is_nothrow_invocable_v<Callable &>;

	struct Job {
		template <typename... Arguments>
		explicit Job(LockClass &lock_class, Arguments &&...arguments)
		    : item{lock_class, *this, std::forward<Arguments>(arguments)...}
		{
		}
		Job(const Job &) = delete;
		Job &operator=(const Job &) = delete;
		virtual ~Job() = default;
		virtual Calls::Returned call() noexcept = 0;

		Item<&Job::call> item;
	};

	template <typename Callable>
	struct JobOf final : Job {
		template <typename... Arguments>
		explicit JobOf(LockClass &lock_class, Callable &&given, Arguments &&...arguments)
		    : Job{lock_class, std::forward<Arguments>(arguments)...},
		      callable{std::move(given)}
		{
		}
		JobOf(const JobOf &) = delete;
		JobOf &operator=(const JobOf &) = delete;
		~JobOf() override { this->item.shutdown(); } // then the callable is destroyed

		Calls::Returned call() noexcept override
		{
			if constexpr (Calls::atomic)
				detail::in_atomic_context();
			if constexpr (std::is_void_v<typename Calls::Returned> ||
				      !std::is_void_v<std::invoke_result_t<Callable &>>)
				return callable();
			else
				return callable(), typename Calls::Returned{};
		}

		Callable callable;
	};

public:
	/// Makes a Closure that is not started, with its own copy of `callable`. `arguments`
	/// are the queue of a Work, or the mode of an HrTimer.
	///
	/// Errors: ENOMEM. Context: as `flags` allow.
	template <typename Callable, typename... Arguments>
	[[nodiscard]] static Result<Closure> make(Gfp flags, LockClass &lock_class,
						  Callable callable, Arguments &&...arguments)
	{
		static_assert(
			declared<Callable>,
			"kcxx-E1480: what a timer calls is declared KCXX_LAMBDA_MUST_NOT_SLEEP");
		static_assert(Send<Callable>, "kcxx-E1481: what a Closure calls is bound to where "
					      "it was made: give it an "
					      "owner, a clone() of an Arc, or a copy");
		return Closure{
			KTRY(Box<JobOf<Callable>>::make(flags, lock_class, std::move(callable),
							std::forward<Arguments>(arguments)...))};
	}

	Closure(const Closure &) = delete;
	Closure &operator=(const Closure &) = delete;
	/// Takes over the closure of `other`, which is empty then.
	Closure(Closure &&other) noexcept = default;
	/// Gives up its own closure, and takes over that of `other`.
	Closure &operator=(Closure &&other) noexcept = default;

	/// Shuts the item down, and destroys the callable. Context: may sleep; not the
	/// callable.
	~Closure() KCXX_MAY_SLEEP = default;

	/// The Work or timer itself
	[[nodiscard]] auto *operator->() const { return &job_->item; }

private:
	explicit Closure(Box<Job> job) noexcept : job_{std::move(job)} {}

	mutable Box<Job> job_; // the item orders its users
};

} // namespace kernel
