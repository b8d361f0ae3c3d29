// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A parameter of each type, with and without a check of the module's own.

#include <utility>

#include <kernel/module_param.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

constinit ModuleParam<bool> a_bool{false};
MODULE_PARAM(a_bool, 0644, "a bool");
constinit ModuleParam<unsigned char> a_byte{200};
MODULE_PARAM(a_byte, 0644, "a byte");
constinit ModuleParam<short> a_short{-300};
MODULE_PARAM(a_short, 0644, "a short");
constinit ModuleParam<unsigned short> a_ushort{60000};
MODULE_PARAM(a_ushort, 0644, "a ushort");
constinit ModuleParam<int> an_int{-70000};
MODULE_PARAM(an_int, 0644, "an int");
constinit ModuleParam<unsigned int> a_uint{4000000000u};
MODULE_PARAM(a_uint, 0644, "a uint");
constinit ModuleParam<long> a_long{-5000000000};
MODULE_PARAM(a_long, 0644, "a long");
constinit ModuleParam<unsigned long> a_ulong{18000000000000000000ul};
MODULE_PARAM(a_ulong, 0644, "a ulong");
constinit ModuleParam<unsigned long long> a_ullong{18000000000000000001ull};
MODULE_PARAM(a_ullong, 0644, "a ullong");
constinit ModuleParam<const char *> a_text{"pump"};
MODULE_PARAM(a_text, 0644, "a text");
constinit ModuleParamArray<int, 3> some_ints{1, -2};
MODULE_PARAM(some_ints, 0644, "some ints");
constinit ModuleParamArray<const char *, 2> some_texts{"a", "b"};
MODULE_PARAM(some_texts, 0444, "some texts");
constinit ModuleParam<int> read_only{1};
MODULE_PARAM(read_only, 0444, "read only");
constinit ModuleParam<int> hidden{1};
MODULE_PARAM(hidden, 0, "hidden");

Result<> even(int value)
{
	if (value % 2 != 0)
		return std::unexpected(EDOM);
	return {};
}

Result<> lower_case(const char *text)
{
	for (; *text != 0; ++text)
		if (*text >= 'A' && *text <= 'Z')
			return std::unexpected(EINVAL);
	return {};
}

Result<> not_while_asleep(bool /*value*/)
{
	return std::unexpected(EBUSY);
}

constinit ModuleParam<int, even> checked{4};
MODULE_PARAM(checked, 0644, "even");
constinit ModuleParam<const char *, lower_case> checked_text{"lower"};
MODULE_PARAM(checked_text, 0644, "lower case");
constinit ModuleParam<bool, not_while_asleep> checked_bool{false};
MODULE_PARAM(checked_bool, 0644, "refused");
constinit ModuleParamArray<int, 3, even> checked_ints{2, 4};
MODULE_PARAM(checked_ints, 0644, "even ones");

void say(const char *when)
{
	const ModuleParamLock lock;
	pr_info("%s: %d %d %d %d %d %u %ld %lu %llu %s\n", when, a_bool.get(), a_byte.get(),
		a_short.get(), a_ushort.get(), an_int.get(), a_uint.get(), a_long.get(),
		a_ulong.get(), a_ullong.get(), a_text.get(lock));
	int sum = 0;
	for (int value : some_ints.get(lock))
		sum += value;
	pr_info("%s: %zu ints, sum %d; %zu texts, %s; hidden %d; checked %d %s\n", when,
		some_ints.get(lock).size(), sum, some_texts.get(lock).size(),
		some_texts.get(lock)[0], hidden.get(), checked.get(), checked_text.get(lock));
}

struct Params {
	static Result<Params> init(ThisModule & /*self*/)
	{
		say("load");
		read_only.set(12);
		return Result<Params>{std::in_place};
	}

	Params() = default;
	Params(Params &&) = delete;
	~Params() { say("unload"); }
};

} // namespace

KERNEL_MODULE(Params);
