// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices without hardware.

#include <cstring>
#include <utility>

#include <kernel/faux.hpp>
#include <kernel/module.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_LICENSE("Dual MIT/GPL");

namespace
{

struct Faux {
	static Result<Faux> init(ThisModule &module);

	faux::Device device;
};

using Behaviour = BehaviourOf<Faux>;

/// Adds a digit to a number when it ends
struct Digit {
	Digit(int *of_number, int own) : number{of_number}, digit{own} {}
	Digit(const Digit &) = delete;
	Digit &operator=(const Digit &) = delete;
	Digit(Digit &&other) noexcept
	    : number{std::exchange(other.number, nullptr)}, digit{other.digit}
	{
	}
	Digit &operator=(Digit &&) = delete;
	~Digit()
	{
		if (number != nullptr)
			*number = *number * 10 + digit;
	}

	int *number;
	int digit;
};

Result<> device_has_its_name(Faux &module)
{
	CHECK(std::strcmp((*module.device).name(), "kcxx_faux") == 0);
	return {};
}

Result<> resources_end_with_the_device_in_reverse_order(Faux &module)
{
	int number = 0;
	{
		auto child = KTRY(faux::Device::make("kcxx_faux_child", *module.device));
		(void)KTRY((*child).keep(Digit{&number, 1}));
		(void)KTRY((*child).keep(Digit{&number, 2}));
		CHECK(number == 0);
	}
	CHECK(number == 21);
	return {};
}

Result<> device_that_was_moved_from_ends_nothing(Faux & /*module*/)
{
	int number = 0;
	auto first = KTRY(faux::Device::make("kcxx_faux_moved"));
	(void)KTRY((*first).keep(Digit{&number, 1}));
	{
		const auto second = std::move(first);
		CHECK(number == 0);
	}
	CHECK(number == 1);
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(device_has_its_name),
	BEHAVES(resources_end_with_the_device_in_reverse_order),
	BEHAVES(device_that_was_moved_from_ends_nothing),
};

Result<Faux> Faux::init(ThisModule & /*module*/)
{
	Faux made{KTRY(faux::Device::make("kcxx_faux"))};
	report(made, behaviours);
	return made;
}

} // namespace

KERNEL_MODULE(Faux);
