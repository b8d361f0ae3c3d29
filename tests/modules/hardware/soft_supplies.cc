// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A clock, a supply of power and a reset line of memory alone, by the kernel's own functions, and
/// a device that uses them.

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <kernel/clk.hpp>
#include <kernel/device.hpp>
#include <kernel/memory.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/regulator.hpp>
#include <kernel/reset.hpp>

#include <linux/clk-provider.h>
#include <linux/clk.h>
#include <linux/clkdev.h>
#include <linux/regulator/driver.h>
#include <linux/regulator/machine.h>
#include <linux/reset-controller.h>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's clocks, supplies and resets on ones of memory");
MODULE_LICENSE("GPL");

namespace
{

bool is_powered = false;
bool is_in_reset = true;
int resets = 0;

int turn_on(regulator_dev * /*regulator*/)
{
	is_powered = true;
	return 0;
}
int turn_off(regulator_dev * /*regulator*/)
{
	is_powered = false;
	return 0;
}
int ask_power(regulator_dev * /*regulator*/)
{
	return is_powered ? 1 : 0;
}

int enter_reset(reset_controller_dev * /*controller*/, unsigned long /*line*/)
{
	is_in_reset = true;
	return 0;
}
int leave_reset(reset_controller_dev * /*controller*/, unsigned long /*line*/)
{
	is_in_reset = false;
	return 0;
}
int pulse(reset_controller_dev * /*controller*/, unsigned long /*line*/)
{
	++resets;
	return 0;
}
int ask_reset(reset_controller_dev * /*controller*/, unsigned long /*line*/)
{
	return is_in_reset ? 1 : 0;
}

constexpr char provider_name[] = "soft_supplies";
constexpr char user_name[] = "supplied";

/// The provider of all three
class Supplies
{
public:
	static constexpr platform::Ids ids{platform::id(provider_name)};

	static Result<Supplies> probe(platform::BoundDevice &device)
	{
		return {std::in_place, device};
	}
	explicit Supplies(platform::BoundDevice &device) : device_{device} {}
	Supplies(const Supplies &) = delete;
	Supplies &operator=(const Supplies &) = delete;
	~Supplies()
	{
		for (clk_lookup *lookup : lookups_)
			if (lookup != nullptr)
				clkdev_drop(lookup);
		if (clk_ != nullptr)
			clk_unregister_fixed_rate(clk_);
	}

	Result<> start(platform::BoundDevice & /*device*/)
	{
		clk_ = KTRY(Error::from_pointer(
			clk_register_fixed_rate(nullptr, "soft-clock", nullptr, 0, 24000000)));
		lookups_[0] = clkdev_create(clk_, "bus", "%s", user_name);
		lookups_[1] = clkdev_create(clk_, "aux", "%s", user_name);
		if (lookups_[0] == nullptr || lookups_[1] == nullptr)
			return ENOMEM;
		KTRY(add_supply());
		return add_reset();
	}

private:
	Result<> add_supply()
	{
		operations_.enable = &turn_on;
		operations_.disable = &turn_off;
		operations_.is_enabled = &ask_power;
		description_.name = "soft-supply";
		description_.ops = &operations_;
		description_.type = REGULATOR_VOLTAGE;
		description_.owner = &kernel::bindings::__this_module;
		description_.n_voltages = 1;
		description_.fixed_uV = 1800000;
		consumer_.supply = "vdd";
		consumer_.dev_name = user_name;
		constraints_.constraints.valid_ops_mask = 0x8; // REGULATOR_CHANGE_STATUS
		constraints_.num_consumer_supplies = 1;
		constraints_.consumer_supplies = &consumer_;
		regulator_config config{};
		config.dev = device_;
		config.init_data = &constraints_;
		(void)KTRY(Error::from_pointer(
			devm_regulator_register(device_, &description_, &config)));
		return {};
	}

	/// The kernel has no function that removes a name of a reset line: it stays.
	struct Name {
		reset_control_lookup lookup;
		char provider[32];
		char user[32];
		char line[32];
	};

	Result<> add_reset()
	{
		reset_operations_.assert = &enter_reset;
		reset_operations_.deassert = &leave_reset;
		reset_operations_.reset = &pulse;
		reset_operations_.status = &ask_reset;
		controller_.ops = &reset_operations_;
		controller_.owner = &kernel::bindings::__this_module;
		controller_.dev = device_;
		controller_.nr_resets = 1;
		KTRY(to_result(devm_reset_controller_register(device_, &controller_)));
		Name *name = KTRY(Box<Name>::make(GFP_KERNEL)).release().to_raw();
		std::ranges::copy(provider_name, name->provider);
		std::ranges::copy(user_name, name->user);
		std::ranges::copy("core", name->line);
		name->lookup.provider = name->provider;
		name->lookup.dev_id = name->user;
		name->lookup.con_id = name->line;
		reset_controller_add_lookup(&name->lookup, 1);
		return {};
	}

	platform::BoundDevice &device_;
	clk *clk_ = nullptr;
	std::array<clk_lookup *, 2> lookups_{};
	regulator_ops operations_{};
	regulator_desc description_{};
	regulator_consumer_supply consumer_{};
	regulator_init_data constraints_{};
	reset_control_ops reset_operations_{};
	reset_controller_dev controller_{};
};

/// The device that uses them
struct Supplied {
	static constexpr platform::Ids ids{platform::id(user_name)};
	static constexpr const char *driver_name = user_name;

	static Result<Supplied> probe(platform::BoundDevice &device)
	{
		const Clk bus = KTRY(Clk::get(device, "bus"));
		const Regulator vdd = KTRY(Regulator::get(device, "vdd"));
		const ResetControl core = KTRY(ResetControl::get(device, "core"));
		return Supplied{.device = device, .bus = bus, .vdd = vdd, .core = core};
	}
	Result<> start(platform::BoundDevice &device);

	platform::BoundDevice &device;
	Clk bus;
	Regulator vdd;
	ResetControl core;
};

using Behaviour = BehaviourOf<Supplied>;

Result<> clock_runs_while_its_guard_lives(Supplied &supplied)
{
	CHECK(supplied.bus.rate() == 24000000);
	CHECK(!__clk_is_enabled(supplied.bus.raw()));
	{
		auto first = KTRY(supplied.bus.enable());
		const auto second = KTRY(supplied.bus.enable());
		const auto moved = std::move(first);
		CHECK(__clk_is_enabled(supplied.bus.raw()));
	}
	CHECK(!__clk_is_enabled(supplied.bus.raw()));
	return {};
}

Result<> clock_has_the_rates_of_its_provider(Supplied &supplied)
{
	CHECK(KTRY(supplied.bus.round_rate(1000)) == 24000000);
	return {};
}

Result<> clock_that_is_missing_does_nothing_if_it_is_optional(Supplied &supplied)
{
	const auto missing = Clk::get(supplied.device, "missing");
	CHECK(!missing && missing.error() == ENOENT);
	const Clk none = KTRY(Clk::get_optional(supplied.device, "missing"));
	CHECK(!none && supplied.bus);
	const auto enabled = KTRY(none.enable());
	CHECK(none.rate() == 0);
	return {};
}

Result<> supply_is_on_while_its_guard_lives(Supplied &supplied)
{
	CHECK(!is_powered && KTRY(supplied.vdd.voltage()) == 1800000);
	{
		const auto enabled = KTRY(supplied.vdd.enable());
		CHECK(is_powered);
	}
	CHECK(!is_powered);
	CHECK(!supplied.vdd.set_voltage(3300000, 3300000));
	return {};
}

Result<> supply_that_is_missing_is_none_if_it_is_optional(Supplied &supplied)
{
	CHECK(!KTRY(Regulator::get_optional(supplied.device, "missing")));
	CHECK(KTRY(Regulator::get_optional(supplied.device, "vdd")));
	return {};
}

Result<> device_is_out_of_reset_while_its_guard_lives(Supplied &supplied)
{
	CHECK(KTRY(supplied.core.is_asserted()));
	{
		const auto running = KTRY(supplied.core.deassert());
		CHECK(!is_in_reset && !KTRY(supplied.core.is_asserted()));
	}
	CHECK(is_in_reset);
	KTRY(supplied.core.reset());
	CHECK(resets == 1);
	return {};
}

Result<> reset_that_is_missing_does_nothing_if_it_is_optional(Supplied &supplied)
{
	const auto missing = ResetControl::get(supplied.device, "missing");
	CHECK(!missing && missing.error() == ENOENT);
	const ResetControl none = KTRY(ResetControl::get_optional(supplied.device, "missing"));
	CHECK(!none && supplied.core);
	return none.reset();
}

Result<> clocks_and_supplies_are_enabled_at_once(Supplied &supplied)
{
	static constexpr std::array clocks{"bus", "aux"};
	static constexpr std::array supplies{"vdd"};
	const auto both = KTRY(ClkBulk::get(supplied.device, clocks));
	const auto all = KTRY(RegulatorBulk::get(supplied.device, supplies));
	{
		auto running = KTRY(both.enable());
		const auto moved = std::move(running);
		const auto powered = KTRY(all.enable());
		CHECK(__clk_is_enabled(supplied.bus.raw()) && is_powered);
	}
	CHECK(!__clk_is_enabled(supplied.bus.raw()) && !is_powered);
	static constexpr std::array missing{"bus", "missing"};
	const auto none = ClkBulk::get(supplied.device, missing);
	CHECK(!none && none.error() == ENOENT);
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(clock_runs_while_its_guard_lives),
	BEHAVES(clock_has_the_rates_of_its_provider),
	BEHAVES(clock_that_is_missing_does_nothing_if_it_is_optional),
	BEHAVES(clocks_and_supplies_are_enabled_at_once),
	BEHAVES(supply_is_on_while_its_guard_lives),
	BEHAVES(supply_that_is_missing_is_none_if_it_is_optional),
	BEHAVES(device_is_out_of_reset_while_its_guard_lives),
	BEHAVES(reset_that_is_missing_does_nothing_if_it_is_optional),
};

Result<> Supplied::start(platform::BoundDevice & /*device*/)
{
	report(*this, behaviours);
	return {};
}

struct Drivers {
	static Result<Drivers> init(ThisModule &module)
	{
		auto supplies = KTRY(platform::Registration<Supplies>::make(module));
		auto provider = KTRY(platform::NewDevice::make(provider_name));
		auto supplied = KTRY(platform::Registration<Supplied>::make(module));
		return {std::in_place, std::move(supplies), std::move(provider),
			std::move(supplied), KTRY(platform::NewDevice::make(user_name))};
	}

	platform::Registration<Supplies> supplies;
	platform::NewDevice provider;
	platform::Registration<Supplied> supplied;
	platform::NewDevice user;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Supplies);
KERNEL_PLATFORM_DEVICE_TABLE(Supplied);
KERNEL_MODULE(Drivers);
