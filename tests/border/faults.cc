// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Errors in C++ which a kernel finds that is configured to: FAULT names one.

#include <kernel/prelude.hpp>

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
	return hidden(wrong)(nullptr) == 0 ? 1 : 2;
}

[[maybe_unused]] Result<int> out_of_bounds()
{
	auto number = KTRY(Box<int>::make(GFP_KERNEL, 0));
	return hidden(&*number)[1];
}

[[maybe_unused]] Result<int> out_of_global_bounds()
{
	static int numbers[3] = {1, 2, 3};
	return hidden(&numbers[0])[3];
}

[[maybe_unused]] Result<int> out_of_array_bounds()
{
	int numbers[3] = {1, 2, 3};
	const int beyond = numbers[hidden(3)]; // by value: a reference to one past the end is allowed
	return beyond;
}

[[maybe_unused]] Result<int> wide_shift()
{
	return hidden(1) << hidden(40);
}

[[maybe_unused]] Result<int> uninitialised()
{
	auto *number = static_cast<int *>(kcxx_kmalloc(sizeof(int), GFP_KERNEL.bits()));
	const int result = *hidden(number) > 0 ? 1 : 2;
	kcxx_kfree(number);
	return result;
}

struct Faults {
	static Result<Faults> init(ThisModule &)
	{
		pr_info("made it to %d\n", KTRY(FAULT()));
		return Faults{};
	}
};

} // namespace

KERNEL_MODULE(Faults);
