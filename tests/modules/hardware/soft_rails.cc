// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A clock and a supply of memory alone that can be adjusted, by the kernel's own functions, and a
/// device that adjusts them.

#include <algorithm>
#include <array>
#include <utility>

#include <kernel/clk.hpp>
#include <kernel/device.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/regulator.hpp>

#include <linux/clk-provider.h>
#include <linux/clk.h>
#include <linux/clkdev.h>
#include <linux/regulator/driver.h>
#include <linux/regulator/machine.h>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries what the library's clocks and supplies adjust");
MODULE_LICENSE("GPL");

namespace
{

unsigned long rate = 100;
unsigned char parent = 0;
clk_duty duty{1, 2};
unsigned int voltage_step = 0;
int current_limit = 100000;
unsigned int working_mode = REGULATOR_MODE_NORMAL;

unsigned long ask_rate(clk_hw * /*clock*/, unsigned long /*parent_rate*/)
{
	return rate;
}
int round_request(clk_hw * /*clock*/, clk_rate_request *request)
{
	request->rate = std::clamp(request->rate, request->min_rate, request->max_rate);
	return 0;
}
int set_rate(clk_hw * /*clock*/, unsigned long hertz, unsigned long /*parent_rate*/)
{
	rate = hertz;
	return 0;
}
unsigned char ask_parent(clk_hw * /*clock*/)
{
	return parent;
}
int set_parent(clk_hw * /*clock*/, unsigned char number)
{
	parent = number;
	return 0;
}
int ask_duty(clk_hw * /*clock*/, clk_duty *to)
{
	*to = duty;
	return 0;
}
int set_duty(clk_hw * /*clock*/, clk_duty *from)
{
	duty = *from;
	return 0;
}

int ask_voltage(regulator_dev * /*supply*/)
{
	return static_cast<int>(voltage_step);
}
int set_voltage(regulator_dev * /*supply*/, unsigned int step)
{
	voltage_step = step;
	return 0;
}
int ask_current(regulator_dev * /*supply*/)
{
	return current_limit;
}
int set_current(regulator_dev * /*supply*/, int /*least*/, int most)
{
	current_limit = most;
	return 0;
}
unsigned int ask_mode(regulator_dev * /*supply*/)
{
	return working_mode;
}
int set_mode(regulator_dev * /*supply*/, unsigned int mode)
{
	working_mode = mode;
	return 0;
}

constexpr char provider_name[] = "soft_rails";
constexpr char user_name[] = "adjusted";

/// The provider of both
class Rails
{
public:
	static constexpr platform::Ids ids{platform::id(provider_name)};

	static Result<Rails> probe(platform::BoundDevice &device)
	{
		return {std::in_place, device};
	}
	explicit Rails(platform::BoundDevice &device) : device_{device} {}
	Rails(const Rails &) = delete;
	Rails &operator=(const Rails &) = delete;
	~Rails()
	{
		for (clk_lookup *lookup : lookups_)
			if (lookup != nullptr)
				clkdev_drop(lookup);
		if (registered_)
			clk_hw_unregister(&clock_);
		for (clk *source : sources_)
			if (source != nullptr)
				clk_unregister_fixed_rate(source);
	}

	Result<> start(platform::BoundDevice & /*device*/)
	{
		KTRY(add_clock());
		return add_supply();
	}

private:
	Result<> name(unsigned int place, clk *clock, const char *of)
	{
		lookups_.at(place) = clkdev_create(clock, of, "%s", user_name);
		if (lookups_.at(place) == nullptr)
			return ENOMEM;
		return {};
	}

	Result<> add_clock()
	{
		static constexpr std::array<const char *, 2> names{"soft-slow", "soft-fast"};
		for (unsigned int place = 0; place < names.size(); ++place) {
			sources_.at(place) = KTRY(Error::from_pointer(clk_register_fixed_rate(
				nullptr, names.at(place), nullptr, 0, 1000 * (place + 1))));
			KTRY(name(place, sources_.at(place), place == 0 ? "slow" : "fast"));
		}
		operations_.recalc_rate = &ask_rate;
		operations_.determine_rate = &round_request;
		operations_.set_rate = &set_rate;
		operations_.get_parent = &ask_parent;
		operations_.set_parent = &set_parent;
		operations_.get_duty_cycle = &ask_duty;
		operations_.set_duty_cycle = &set_duty;
		clk_init_data description{};
		description.name = "soft-adjustable";
		description.ops = &operations_;
		description.parent_names = names.data();
		description.num_parents = names.size();
		clock_.init = &description;
		KTRY(to_result(clk_hw_register(nullptr, &clock_)));
		registered_ = true;
		return name(2, clock_.clk, "core");
	}

	Result<> add_supply()
	{
		supply_operations_.list_voltage = &regulator_list_voltage_linear;
		supply_operations_.get_voltage_sel = &ask_voltage;
		supply_operations_.set_voltage_sel = &set_voltage;
		supply_operations_.get_current_limit = &ask_current;
		supply_operations_.set_current_limit = &set_current;
		supply_operations_.get_mode = &ask_mode;
		supply_operations_.set_mode = &set_mode;
		supply_.name = "soft-rail";
		supply_.ops = &supply_operations_;
		supply_.type = REGULATOR_VOLTAGE;
		supply_.owner = &kernel::bindings::__this_module;
		supply_.n_voltages = 4;
		supply_.min_uV = 1000000;
		supply_.uV_step = 100000;
		consumer_.supply = "vcore";
		consumer_.dev_name = user_name;
		constraints_.constraints.min_uV = 1000000;
		constraints_.constraints.max_uV = 1200000;
		constraints_.constraints.min_uA = 1000;
		constraints_.constraints.max_uA = 500000;
		constraints_.constraints.valid_modes_mask =
			REGULATOR_MODE_NORMAL | REGULATOR_MODE_IDLE;
		constraints_.constraints.valid_ops_mask =
			REGULATOR_CHANGE_VOLTAGE | REGULATOR_CHANGE_CURRENT | REGULATOR_CHANGE_MODE;
		constraints_.num_consumer_supplies = 1;
		constraints_.consumer_supplies = &consumer_;
		regulator_config config{};
		config.dev = device_;
		config.init_data = &constraints_;
		(void)KTRY(
			Error::from_pointer(devm_regulator_register(device_, &supply_, &config)));
		return {};
	}

	platform::BoundDevice &device_;
	std::array<clk *, 2> sources_{};
	std::array<clk_lookup *, 3> lookups_{};
	clk_ops operations_{};
	clk_hw clock_{};
	bool registered_ = false;
	regulator_ops supply_operations_{};
	regulator_desc supply_{};
	regulator_consumer_supply consumer_{};
	regulator_init_data constraints_{};
};

/// The device that adjusts them
struct Adjusted {
	static constexpr platform::Ids ids{platform::id(user_name)};
	static constexpr const char *driver_name = user_name;

	static Result<Adjusted> probe(platform::BoundDevice &device)
	{
		const Clk core = KTRY(Clk::get(device, "core"));
		const Clk slow = KTRY(Clk::get(device, "slow"));
		const Clk fast = KTRY(Clk::get(device, "fast"));
		const Regulator vcore = KTRY(Regulator::get(device, "vcore"));
		return Adjusted{.core = core, .slow = slow, .fast = fast, .vcore = vcore};
	}
	Result<> start(platform::BoundDevice &device);

	Clk core;
	Clk slow;
	Clk fast;
	Regulator vcore;
};

using Behaviour = BehaviourOf<Adjusted>;

Result<> rate_stays_in_its_range(Adjusted &adjusted)
{
	KTRY(adjusted.core.set_rate_range(200, 300));
	CHECK(adjusted.core.rate() == 200);
	KTRY(adjusted.core.set_rate(1000));
	CHECK(adjusted.core.rate() == 300);
	const Result<> empty = adjusted.core.set_rate_range(3, 2);
	CHECK(!empty && empty.error() == EINVAL);
	return {};
}

Result<> clock_runs_from_the_parent_that_was_set(Adjusted &adjusted)
{
	CHECK(adjusted.core.has_parent(adjusted.slow) && !adjusted.core.has_parent(adjusted.fast));
	KTRY(adjusted.core.set_parent(adjusted.fast));
	CHECK(adjusted.core.has_parent(adjusted.fast) && parent == 1);
	CHECK(adjusted.slow.set_parent(adjusted.core).error_or(EPERM) == EINVAL);
	return {};
}

Result<> duty_cycle_is_set_and_read(Adjusted &adjusted)
{
	KTRY(adjusted.core.set_duty_cycle(1, 4));
	CHECK(KTRY(adjusted.core.duty_cycle(100)) == 25);
	CHECK(adjusted.core.set_duty_cycle(5, 4).error_or(EPERM) == EINVAL);
	return {};
}

Result<> voltages_of_a_supply_are_listed_and_set(Adjusted &adjusted)
{
	CHECK(KTRY(adjusted.vcore.count_voltages()) == 4);
	CHECK(KTRY(adjusted.vcore.voltage_of(1)) == 1100000);
	CHECK(KTRY(adjusted.vcore.voltage_of(3)) == 0); // the board forbids it
	CHECK(!adjusted.vcore.voltage_of(4));
	CHECK(adjusted.vcore.supports_voltage(1050000, 1150000));
	CHECK(!adjusted.vcore.supports_voltage(1010000, 1090000));
	KTRY(adjusted.vcore.set_voltage(1050000, 1200000));
	CHECK(KTRY(adjusted.vcore.voltage()) == 1100000 && voltage_step == 1);
	return {};
}

Result<> current_of_a_supply_is_limited(Adjusted &adjusted)
{
	KTRY(adjusted.vcore.set_current_limit(2000, 300000));
	CHECK(KTRY(adjusted.vcore.current_limit()) == 300000);
	CHECK(!adjusted.vcore.set_current_limit(600000, 700000));
	return {};
}

Result<> mode_of_a_supply_is_set_and_read(Adjusted &adjusted)
{
	KTRY(adjusted.vcore.set_mode(RegulatorMode::idle));
	CHECK(KTRY(adjusted.vcore.mode()) == RegulatorMode::idle);
	CHECK(!adjusted.vcore.set_mode(RegulatorMode::fast));
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(rate_stays_in_its_range),        BEHAVES(clock_runs_from_the_parent_that_was_set),
	BEHAVES(duty_cycle_is_set_and_read),     BEHAVES(voltages_of_a_supply_are_listed_and_set),
	BEHAVES(current_of_a_supply_is_limited), BEHAVES(mode_of_a_supply_is_set_and_read),
};

Result<> Adjusted::start(platform::BoundDevice & /*device*/)
{
	report(*this, behaviours);
	return {};
}

struct Drivers {
	static Result<Drivers> init(ThisModule &module)
	{
		auto rails = KTRY(platform::Registration<Rails>::make(module));
		auto provider = KTRY(platform::NewDevice::make(provider_name));
		auto adjusted = KTRY(platform::Registration<Adjusted>::make(module));
		return {std::in_place, std::move(rails), std::move(provider), std::move(adjusted),
			KTRY(platform::NewDevice::make(user_name))};
	}

	platform::Registration<Rails> rails;
	platform::NewDevice provider;
	platform::Registration<Adjusted> adjusted;
	platform::NewDevice user;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Rails);
KERNEL_PLATFORM_DEVICE_TABLE(Adjusted);
KERNEL_MODULE(Drivers);
