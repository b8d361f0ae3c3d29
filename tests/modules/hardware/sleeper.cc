// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A device that sleeps as long as no one uses it, and with the system.

#include <utility>

#include <kernel/device.hpp>
#include <kernel/module.hpp>
#include <kernel/platform.hpp>
#include <kernel/sync.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class Sleeper
{
public:
	static constexpr platform::Ids ids{platform::id("kcxx_sleeper")};

	static Result<Sleeper> probe(platform::BoundDevice &device)
	{
		return {std::in_place, device};
	}
	explicit Sleeper(platform::BoundDevice &bound) : device{bound} {}

	Result<> start(platform::BoundDevice &bound);

	Result<> suspend(platform::BoundDevice &bound)
	{
		dev_info(bound, "suspends\n");
		return {};
	}
	Result<> resume(platform::BoundDevice &bound)
	{
		dev_info(bound, "resumes\n");
		return {};
	}
	Result<> runtime_suspend(platform::BoundDevice & /*bound*/)
	{
		suspends.add(1);
		slept.complete();
		return {};
	}
	Result<> runtime_resume(platform::BoundDevice & /*bound*/)
	{
		resumes.add(1);
		return {};
	}

	platform::BoundDevice &device;
	Atomic<int> suspends{0};
	Atomic<int> resumes{0};
	Completion slept;
};

using Behaviour = BehaviourOf<Sleeper>;

Result<> device_that_may_not_sleep_does_not_wake(Sleeper &sleeper)
{
	CHECK(Awake::make(sleeper.device).error() == EACCES);
	return {};
}

Result<> device_sleeps_after_its_last_user(Sleeper &sleeper)
{
	KTRY(enable_runtime_pm(sleeper.device));
	{
		auto first = KTRY(Awake::make(sleeper.device));
		const auto same = std::move(first);
		const auto second = KTRY(Awake::make(sleeper.device));
		CHECK(sleeper.suspends.read() == 0);
	}
	KTRY(sleeper.slept.wait_timeout(seconds(60)));
	CHECK(sleeper.suspends.read() == 1 && sleeper.resumes.read() == 0);
	return {};
}

Result<> device_is_awake_before_its_user_goes_on(Sleeper &sleeper)
{
	{
		const auto awake = KTRY(Awake::make(sleeper.device));
		CHECK(sleeper.resumes.read() == 1);
	}
	KTRY(sleeper.slept.wait_timeout(seconds(60)));
	CHECK(sleeper.suspends.read() == 2);
	return {};
}

Result<> delay_is_no_more_than_the_kernel_counts(Sleeper &sleeper)
{
	CHECK(enable_runtime_pm(sleeper.device, Nanoseconds{-1'000'000}).error_or(EPERM) == EINVAL);
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(device_that_may_not_sleep_does_not_wake),
	BEHAVES(delay_is_no_more_than_the_kernel_counts),
	BEHAVES(device_sleeps_after_its_last_user),
	BEHAVES(device_is_awake_before_its_user_goes_on),
};

Result<> Sleeper::start(platform::BoundDevice & /*bound*/)
{
	report(*this, behaviours);
	return {};
}

struct Sleepers {
	static Result<Sleepers> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Sleeper>::make(module));
		auto device = KTRY(platform::NewDevice::make("kcxx_sleeper"));
		return {std::in_place, std::move(driver), std::move(device)};
	}

	platform::Registration<Sleeper> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Sleeper);
KERNEL_MODULE(Sleepers);
