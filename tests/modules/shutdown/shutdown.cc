// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Logs each way in which the system ends.

#include <optional>
#include <utility>

#include <kernel/prelude.hpp>
#include <kernel/reboot.hpp>
#include <kernel/sync.hpp>

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's notifiers of the system's end");
MODULE_LICENSE("GPL");

namespace
{

/// Counts the calls in an object that the callables share.
using Calls = Arc<Atomic<int>>;

Result<> end_notifiers_at_once()
{
	auto gone = KTRY(RebootNotifier::make([](Shutdown /*way*/) { pr_err("gone\n"); }));
	const auto moved = std::move(gone);
	const auto silent =
		KTRY(PanicNotifier::make([]() KCXX_LAMBDA_MUST_NOT_SLEEP { pr_err("gone\n"); }));
	const auto idle = KTRY(SysOffHandler<SysOff::power_off>::make(
		[]() KCXX_LAMBDA_MUST_NOT_SLEEP { pr_err("gone\n"); }, sys_off_priority::high));
	return {};
}

struct Ends {
	using Preparation = SysOffHandler<SysOff::prepare_restart>;

	static Result<std::optional<Preparation>> prepare_restart(const Calls &calls)
	{
		auto made = Preparation::make([calls = calls.clone()] {
			calls->add(1);
			pr_info("prepares the restart\n");
		});
		if (made)
			return std::optional<Preparation>{std::move(*made)};
		if (made.error() != EOPNOTSUPP)
			return made.error();
		return std::optional<Preparation>{};
	}

	static Result<Ends> init(ThisModule & /*module*/)
	{
		KTRY(end_notifiers_at_once());
		auto calls = KTRY(Calls::make(GFP_KERNEL, 0));
		auto late = KTRY(RebootNotifier::make([calls = calls.clone()](Shutdown way) {
			pr_info("notified second, of %lu, after %d\n",
				static_cast<unsigned long>(way), calls->read());
		}));
		auto early = KTRY(RebootNotifier::make(
			[calls = calls.clone()](Shutdown way) {
				calls->add(1);
				pr_info("notified first, of %lu\n",
					static_cast<unsigned long>(way));
			},
			10));
		auto panicked = KTRY(
			PanicNotifier::make([calls = calls.clone()]() KCXX_LAMBDA_MUST_NOT_SLEEP {
				pr_info("panics, after %d\n", calls->read());
			}));
		auto preparation = KTRY(SysOffHandler<SysOff::prepare_power_off>::make(
			[] { pr_info("prepares to power off\n"); }));
		auto power_off = KTRY(SysOffHandler<SysOff::power_off>::make(
			[]() KCXX_LAMBDA_MUST_NOT_SLEEP { pr_info("powers off\n"); },
			sys_off_priority::firmware + 1));
		auto restart_preparation = KTRY(prepare_restart(calls));
		auto restart = KTRY(SysOffHandler<SysOff::restart>::make(
			[]() KCXX_LAMBDA_MUST_NOT_SLEEP { pr_info("restarts\n"); },
			sys_off_priority::firmware + 1));
		return {std::in_place,
			std::move(early),
			std::move(late),
			std::move(panicked),
			std::move(preparation),
			std::move(power_off),
			std::move(restart_preparation),
			std::move(restart)};
	}

	RebootNotifier early;
	RebootNotifier late;
	PanicNotifier panicked;
	SysOffHandler<SysOff::prepare_power_off> preparation;
	SysOffHandler<SysOff::power_off> power_off;
	std::optional<Preparation> restart_preparation;
	SysOffHandler<SysOff::restart> restart;
};

} // namespace

KERNEL_MODULE(Ends);
