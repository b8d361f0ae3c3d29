// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Errors in C++ which a kernel finds that is configured to. Who writes the name of one to the
// parameter "fault" makes it happen; with AT_LOAD, that one happens at load, for kernels that
// export little.

#include <string_view>

#include <kernel/jiffies.hpp>
#include <kernel/kthread.hpp>
#include <kernel/module_param.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sched.hpp>

#include <generated/kcxx-bindings.hpp>

MODULE_DESCRIPTION("An error that the kernel shall find");
MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

// Opaque to the optimiser and to the compiler's own warnings
template <typename T>
T hidden(T value)
{
	asm volatile("" : "+r"(value));
	return value;
}

int returns(int value)
{
	return value;
}

[[maybe_unused]] Result<int> wrong_type()
{
	auto *wrong = reinterpret_cast<long (*)(void *)>(reinterpret_cast<void *>(returns));
	return {std::in_place, hidden(wrong)(nullptr) == 0 ? 1 : 2};
}

[[maybe_unused]] Result<int> out_of_bounds()
{
	auto number = KTRY(Box<int>::make(GFP_KERNEL, 0));
	return {std::in_place, hidden(&*number)[1]};
}

[[maybe_unused]] Result<int> out_of_global_bounds()
{
	static int numbers[3] = {1, 2, 3};
	return {std::in_place, hidden(&numbers[0])[3]};
}

[[maybe_unused]] Result<int> out_of_array_bounds()
{
	int numbers[3] = {1, 2, 3};
	const int beyond =
		numbers[hidden(3)]; // by value: a reference to one past the end is allowed
	return {std::in_place, beyond};
}

[[maybe_unused]] Result<int> wide_shift()
{
	return {std::in_place, hidden(1) << hidden(40)};
}

[[maybe_unused]] Result<int> use_after_free()
{
	auto number = KTRY(Box<int>::make(GFP_KERNEL, 1));
	const int &kept = *hidden(&*number);
	number = Box<int>::adopt(nullptr);
	return {std::in_place, kept};
}

[[maybe_unused]] Result<int> stale_element()
{
	Vec<int> numbers;
	KTRY(numbers.push(1, GFP_KERNEL));
	int &first = *hidden(&numbers[0]);
	KTRY(numbers.reserve(1000, GFP_KERNEL)); // it moves
	return {std::in_place, ++first};
}

[[maybe_unused]] Result<int> data_race()
{
	int count = 0;
	int *shared = hidden(&count);
	const auto counting = [shared] {
		for (; !KThread::should_stop(); cond_resched())
			++*shared;
	};
	{
		auto one = KTRY(KThread::run("one", counting));
		auto other = KTRY(KThread::run("other", counting));
		sleep(seconds(3));
	}
	return {std::in_place, count};
}

[[maybe_unused]] Result<int> leak()
{
	(void)hidden(KTRY(Box<int>::make(GFP_KERNEL, 1)).release().to_raw());
	return 1;
}

[[maybe_unused]] Result<int> uninitialised()
{
	auto *number = static_cast<int *>(bindings::kcxx_kmalloc(sizeof(int), GFP_KERNEL.bits()));
	const int result = *hidden(number) > 0 ? 1 : 2;
	bindings::kfree(number);
	return {std::in_place, result};
}

#ifndef AT_LOAD
struct Fault {
	std::string_view name;
	Result<int> (*make)();
};

#define FAULT(function)                                                                            \
	Fault                                                                                      \
	{                                                                                          \
		#function, function                                                                \
	}
constexpr Fault faults[] = {
	FAULT(out_of_bounds),       FAULT(out_of_global_bounds),
	FAULT(out_of_array_bounds), FAULT(wide_shift),
	FAULT(use_after_free),      FAULT(stale_element),
	FAULT(data_race),           FAULT(leak),
	FAULT(uninitialised),       FAULT(wrong_type),
};

Result<> make(const char *name)
{
	for (const Fault &fault : faults) {
		if (!std::string_view{name}.starts_with(fault.name))
			continue;
		pr_info("begin %s", name);
		pr_info("made it to %d\n", KTRY(fault.make()));
		return {};
	}
	return std::unexpected(EINVAL);
}

constinit ModuleParam<const char *, make> fault{nullptr};
MODULE_PARAM(fault, 0200, "which to make");

#endif

struct Faults {
	static Result<Faults> init(ThisModule &)
	{
#ifdef AT_LOAD
		pr_info("begin load\n");
		pr_info("made it to %d\n", KTRY(AT_LOAD()));
#endif
		return Faults{};
	}
};

} // namespace

KERNEL_MODULE(Faults);
