// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Callables that run when the kernel panics. C API: panic_notifier_list of
/// <linux/panic_notifier.h>.

#pragma once

#include <type_traits>
#include <utility>

#include <generated/bindings/reboot/panic_notifier.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/reboot/notified.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/sendable.hpp>

namespace kernel
{

/// Calls a callable when the kernel panics: on the last CPU that runs, with interrupts off, in any
/// state of the kernel. Nothing in it may sleep. A CPU that has stopped may hold any lock for ever:
/// the callable tries a lock and goes on without it. It is short, and leaves a trace in the device.
///
///     notifier_ = KTRY(PanicNotifier::make([pump = pump.clone()]() KCXX_LAMBDA_MUST_NOT_SLEEP {
///             pump->stop_at_once();
///     }));
///
/// Data that the callable refers to have to live as long: declare the PanicNotifier after them.
/// Moves, does not copy; a moved-from one calls nothing.
class [[nodiscard]] PanicNotifier
{
	struct Chain {
		using Owner = PanicNotifier;
		static constexpr bool atomic = true;

		// SAFETY, of both: the block stays where it is until it is unregistered.
		static int add(::notifier_block *block)
		{
			return bindings::kcxx_panic_notifier_register(block);
		}
		static void remove(::notifier_block *block)
		{
			bindings::kcxx_panic_notifier_unregister(block);
		}
		template <typename Callable>
		static void call(Callable &callable, unsigned long /*event*/)
		{
			detail::in_atomic_context();
			callable();
		}
	};

public:
	/// Registers its own copy of `callable`. Those of a higher priority are called before.
	///
	/// Errors: ENOMEM. Context: may sleep.
	template <typename Callable>
	[[nodiscard]] static Result<PanicNotifier> make(Callable callable,
							int priority = 0) KCXX_MAY_SLEEP
	{
		static_assert(
			std::is_nothrow_invocable_v<Callable &>,
			"kcxx-E1551: what a PanicNotifier calls takes nothing, and is declared "
			"KCXX_LAMBDA_MUST_NOT_SLEEP");
		static_assert(
			Send<Callable>,
			"kcxx-E1552: what a PanicNotifier calls is bound to where it was made: "
			"give it an owner, a clone() of an Arc, or a copy");
		using Made = detail::NotifiedCallable<Chain, Callable>;
		auto made = KTRY(Box<Made>::make(GFP_KERNEL, std::move(callable)));
		KTRY(made->add(priority));
		return PanicNotifier{std::move(made)};
	}

	PanicNotifier(const PanicNotifier &) = delete;
	PanicNotifier &operator=(const PanicNotifier &) = delete;
	/// Takes over the callable of `other`.
	PanicNotifier(PanicNotifier &&other) noexcept = default;
	/// Gives up its own callable, and takes over that of `other`. Context: as of the end.
	PanicNotifier &operator=(PanicNotifier &&other) noexcept = default;
	/// Unregisters the callable, and destroys it. Context: may sleep.
	~PanicNotifier() KCXX_MAY_SLEEP = default;

private:
	using Notified = detail::Notified<Chain>;

	explicit PanicNotifier(Box<Notified> notified) noexcept : notified_{std::move(notified)} {}

	Box<Notified> notified_;
};

} // namespace kernel
