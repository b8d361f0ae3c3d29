// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/fs.hpp>
#include <kernel/prelude.hpp>

using kernel::Result;
using kernel::Sysctl;
using kernel::ThisModule;

KCXX_SAFE

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
		const auto sysctl = [](const char *name, int value, int most) {
			return Sysctl::make("dev/pump", name, 0644, value,
					    {.least = 0, .most = most});
		};
		return kernel::all<Pump>([&] { return sysctl("speed", 5, 9); },
					 [&] { return sysctl("enabled", 1, 1); });
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
