// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <string_view>
#include <utility>

#include <kernel/module.hpp>
#include <kernel/prelude.hpp>

using kernel::GFP_KERNEL;
using kernel::ModuleParam;
using kernel::ModuleParamArray;
using kernel::ModuleParamLock;
using kernel::Result;
using kernel::String;
using kernel::ThisModule;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A pump that is told what to do by module parameters");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

// Called before a value is taken, at load and when user space writes to the file
Result<> possible_speed(int speed)
{
	if (speed < 1 || speed > 100)
		return kernel::ERANGE;
	return {};
}

constinit ModuleParam<bool> reverse{false};
MODULE_PARAM(reverse, 0444, "turn the other way");

constinit ModuleParam<int, possible_speed> speed{5};
MODULE_PARAM(speed, 0644, "revolutions per minute, 1 to 100");

constinit ModuleParam<const char *> liquid{"water"};
MODULE_PARAM(liquid, 0644, "what is pumped");

constinit ModuleParamArray<unsigned int, 4> valves{1U, 2U};
MODULE_PARAM(valves, 0444, "up to four valves to open");

class Pump
{
public:
	static Result<Pump> init(ThisModule & /*self*/)
	{
		const String settings = KTRY(describe());
		pr_info("on: %s\n", settings.c_str());
		return {std::in_place};
	}

	Pump() = default;
	Pump(const Pump &) = delete;
	Pump &operator=(const Pump &) = delete;

	~Pump()
	{
		const Result<String> settings = describe();
		pr_info("off: %s\n", settings ? settings->c_str() : "no memory to say more");
	}

private:
	static Result<String> describe()
	{
		const ModuleParamLock lock; // the text cannot change while it is read
		std::string_view text = liquid.get(lock);
		if (text.ends_with('\n')) // echo(1) put it there
			text.remove_suffix(1);
		String settings = KTRY(String::from(text, GFP_KERNEL));
		KTRY(settings.append_format(GFP_KERNEL, " at %d rpm%s, valves", speed.get(),
					    reverse.get() ? " in reverse" : ""));
		for (const unsigned int valve : valves.get(lock))
			KTRY(settings.append_format(GFP_KERNEL, " %u", valve));
		return settings;
	}
};

} // namespace

KERNEL_MODULE(Pump);
