// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Callables that restart the system, or turn it off. C API: register_sys_off_handler() of
/// <linux/reboot.h>.

#pragma once

#include <type_traits>
#include <utility>

#include <generated/bindings/reboot/sys_off_handler.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/module/live_objects.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/sendable.hpp>

struct sys_off_handler;

namespace kernel
{

/// The step of the system's end in which a SysOffHandler has its turn
enum class SysOff : int {
	prepare_power_off = KCXX_SYS_OFF_POWER_OFF_PREPARE, ///< before it goes off; may sleep
	power_off = KCXX_SYS_OFF_POWER_OFF,                 ///< turns it off; must not sleep
	/// Before it restarts; may sleep. Older kernels than 6.7 have none.
	prepare_restart = KCXX_SYS_OFF_RESTART_PREPARE,
	restart = KCXX_SYS_OFF_RESTART, ///< restarts it; must not sleep
};

namespace sys_off_priority
{

inline constexpr int low = KCXX_SYS_OFF_PRIO_LOW;           ///< the last resort
inline constexpr int normal = KCXX_SYS_OFF_PRIO_DEFAULT;    ///< the usual one
inline constexpr int high = KCXX_SYS_OFF_PRIO_HIGH;         ///< before the usual ones
inline constexpr int firmware = KCXX_SYS_OFF_PRIO_FIRMWARE; ///< by a call of firmware

} // namespace sys_off_priority

/// Calls a callable in one step of the system's end. The callables of `power_off` and `restart` do
/// it: they run on the last CPU, with interrupts off, and nothing in them may sleep. If one returns
/// and the system still runs, the one of the next priority is called. x86 restarts by its own
/// means, and calls no handler for it.
///
///     handler_ = KTRY(SysOffHandler<SysOff::power_off>::make(
///             [pump = pump.clone()]() KCXX_LAMBDA_MUST_NOT_SLEEP { pump->cut_power(); }));
///
/// Data that the callable refers to have to live as long: declare the SysOffHandler after them.
/// Moves, does not copy; a moved-from one calls nothing.
template <SysOff Step>
class [[nodiscard]] SysOffHandler
{
	using Data = ::sys_off_data;

	static constexpr bool atomic = Step == SysOff::power_off || Step == SysOff::restart;

	template <typename Callable>
	static constexpr bool declared = !atomic || std::is_nothrow_invocable_v<Callable &>;

	struct Job {
		Job() = default;
		Job(const Job &) = delete;
		Job &operator=(const Job &) = delete;
		virtual ~Job() = default;
		virtual void call() noexcept = 0;

		[[no_unique_address]] detail::CountedLife<SysOffHandler> life;
		::sys_off_handler *raw = nullptr;
	};

	template <typename Callable>
	struct JobOf final : Job {
		explicit JobOf(Callable &&given) : callable{std::move(given)} {}
		JobOf(const JobOf &) = delete;
		JobOf &operator=(const JobOf &) = delete;
		~JobOf() override // then the callable is destroyed
		{
			if (this->raw != nullptr)
				// SAFETY: the handler was registered, and ends once.
				bindings::unregister_sys_off_handler(this->raw);
		}
		void call() noexcept override
		{
			if constexpr (atomic)
				detail::in_atomic_context();
			callable();
		}

		Callable callable;
	};

public:
	/// Registers its own copy of `callable`.
	///
	/// Errors: EBUSY if another handler of the step has this priority, unless it is `normal`;
	/// EOPNOTSUPP if the kernel has no such step; ENOMEM. Context: may sleep; not the callable.
	template <typename Callable>
	[[nodiscard]] static Result<SysOffHandler>
	make(Callable callable, int priority = sys_off_priority::normal) KCXX_MAY_SLEEP
	{
		static_assert(std::is_invocable_v<Callable &>,
			      "kcxx-E1553: what a SysOffHandler calls takes nothing: [] { … }");
		static_assert(!std::is_invocable_v<Callable &> || declared<Callable>,
			      "kcxx-E1554: what restarts the system or turns it off is declared "
			      "KCXX_LAMBDA_MUST_NOT_SLEEP");
		static_assert(
			Send<Callable>,
			"kcxx-E1555: what a SysOffHandler calls is bound to where it was made: "
			"give it an owner, a clone() of an Arc, or a copy");
		if (static_cast<int>(Step) < 0)
			return EOPNOTSUPP;
		Box<Job> job = KTRY(Box<JobOf<Callable>>::make(GFP_KERNEL, std::move(callable)));
		// SAFETY: the job stays where it is until the handler is unregistered.
		job->raw = KTRY(Error::from_pointer(bindings::register_sys_off_handler(
			static_cast<::sys_off_mode>(Step), priority, &entry, &*job)));
		return SysOffHandler{std::move(job)};
	}

	SysOffHandler(const SysOffHandler &) = delete;
	SysOffHandler &operator=(const SysOffHandler &) = delete;
	/// Takes over the callable of `other`.
	SysOffHandler(SysOffHandler &&other) noexcept = default;
	/// Gives up its own callable, and takes over that of `other`. Context: as of the end.
	SysOffHandler &operator=(SysOffHandler &&other) noexcept = default;
	/// Unregisters the callable, and destroys it. Context: may sleep; not the callable.
	~SysOffHandler() KCXX_MAY_SLEEP = default;

private:
	explicit SysOffHandler(Box<Job> job) noexcept : job_{std::move(job)} {}

	/// C's function. The next handler is called in any case.
	static int entry(Data *data)
	{
		static_cast<Job *>(data->cb_data)->call();
		return 0;
	}

	Box<Job> job_;
};

} // namespace kernel
