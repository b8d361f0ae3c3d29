// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/prelude.hpp>
#include <kernel/sysctl.hpp>

using kernel::Result;
using kernel::Sysctl;
using kernel::ThisModule;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("Numbers that sysctl(8) reads and sets");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class Pump
{
public:
	static Result<Pump> init(ThisModule & /*self*/)
	{
		auto speed =
			KTRY(Sysctl::make("dev/pump", "speed", 0644, 5, {.least = 0, .most = 9}));
		auto enabled =
			KTRY(Sysctl::make("dev/pump", "enabled", 0644, 1, {.least = 0, .most = 1}));
		return {std::in_place, std::move(speed), std::move(enabled)};
	}

	Pump(Sysctl speed, Sysctl enabled) : speed_{std::move(speed)}, enabled_{std::move(enabled)}
	{
	}

	Pump(const Pump &) = delete;
	Pump &operator=(const Pump &) = delete;

	~Pump()
	{
		pr_info("the pump was %s, and its speed %d\n", enabled_.value() != 0 ? "on" : "off",
			speed_.value());
	}

private:
	Sysctl speed_;
	Sysctl enabled_;
};

} // namespace

KERNEL_MODULE(Pump);
