// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Callables that run before the system restarts, halts or goes off. C API:
/// register_reboot_notifier() of <linux/reboot.h>.

#pragma once

#include <type_traits>
#include <utility>

#include <generated/bindings/reboot/reboot_notifier.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/reboot/notified.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/sendable.hpp>

namespace kernel
{

/// The way in which the system ends
enum class Shutdown : unsigned long {
	restart = KCXX_SYS_RESTART,     ///< it starts again
	halt = KCXX_SYS_HALT,           ///< it stands still
	power_off = KCXX_SYS_POWER_OFF, ///< it goes off
};

/// Calls a callable before the system ends, in a task, while all devices still work. The callable
/// may sleep. It does not run where the kernel ends at once, as in a panic.
///
///     notifier_ = KTRY(RebootNotifier::make([pump = pump.clone()](Shutdown way) {
///             pump->park(way);
///     }));
///
/// Data that the callable refers to have to live as long: declare the RebootNotifier after them.
/// Moves, does not copy; a moved-from one calls nothing.
class [[nodiscard]] RebootNotifier
{
	struct Chain {
		using Owner = RebootNotifier;
		static constexpr bool atomic = false;

		// SAFETY, of both: the block stays where it is until it is unregistered.
		static int add(::notifier_block *block)
		{
			return bindings::register_reboot_notifier(block);
		}
		static void remove(::notifier_block *block)
		{
			bindings::unregister_reboot_notifier(block);
		}
		template <typename Callable>
		static void call(Callable &callable, unsigned long event)
		{
			callable(static_cast<Shutdown>(event));
		}
	};

public:
	/// Registers its own copy of `callable`. Those of a higher priority are called before.
	///
	/// Errors: ENOMEM. Context: may sleep; not the callable.
	template <typename Callable>
	[[nodiscard]] static Result<RebootNotifier> make(Callable callable,
							 int priority = 0) KCXX_MAY_SLEEP
	{
		static_assert(std::is_invocable_v<Callable &, Shutdown>,
			      "kcxx-E1549: what a RebootNotifier calls takes the way in which the "
			      "system ends: [](kernel::Shutdown way) { … }");
		static_assert(Send<Callable>,
			      "kcxx-E1550: what a RebootNotifier calls is bound to where it was "
			      "made: give it an owner, a clone() of an Arc, or a copy");
		using Made = detail::NotifiedCallable<Chain, Callable>;
		auto made = KTRY(Box<Made>::make(GFP_KERNEL, std::move(callable)));
		KTRY(made->add(priority));
		return RebootNotifier{std::move(made)};
	}

	RebootNotifier(const RebootNotifier &) = delete;
	RebootNotifier &operator=(const RebootNotifier &) = delete;
	/// Takes over the callable of `other`.
	RebootNotifier(RebootNotifier &&other) noexcept = default;
	/// Gives up its own callable, and takes over that of `other`. Context: as of the end.
	RebootNotifier &operator=(RebootNotifier &&other) noexcept = default;
	/// Waits until the callable does not run, and destroys it. Context: may sleep; not the
	/// callable.
	~RebootNotifier() KCXX_MAY_SLEEP = default;

private:
	using Notified = detail::Notified<Chain>;

	explicit RebootNotifier(Box<Notified> notified) noexcept : notified_{std::move(notified)} {}

	Box<Notified> notified_;
};

} // namespace kernel
