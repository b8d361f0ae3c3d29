// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A module with KCXX_OPERATOR_NEW=own, which defines operator new itself

#include <new>

#include <linux/slab.h>

#include "behaviours.hpp"

MODULE_LICENSE("GPL");

namespace
{

int allocations;

struct Element {
	Element() { ++alive; }
	~Element() { --alive; }

	long value = 7;
};

} // namespace

void *operator new(std::size_t size)
{
	++allocations;
	return kvmalloc(size, GFP_KERNEL | __GFP_NOFAIL);
}

void *operator new[](std::size_t size)
{
	return operator new(size);
}

void *operator new(std::size_t size, const std::nothrow_t & /*nothrow*/) noexcept
{
	++allocations;
	return kvmalloc(size, GFP_KERNEL);
}

void operator delete(void *memory) noexcept
{
	--allocations;
	kvfree(memory);
}

void operator delete(void *memory, std::size_t /*size*/) noexcept
{
	operator delete(memory);
}

namespace
{

template <typename T>
T *seen(T *object)
{
	asm volatile("" : "+r"(object) : : "memory");
	return object;
}

Result<> new_is_the_modules_own()
{
	Element *plain = seen(new Element);
	Element *tried = seen(new (std::nothrow) Element);
	CHECK(allocations == 2 && tried != nullptr && tried->value == plain->value);
	delete plain;
	delete tried;
	CHECK(allocations == 0);
	return {};
}

// operator delete[] is the C++ standard's, which calls the module's operator delete.
Result<> array_is_deleted_by_the_modules_own()
{
	Element *elements = seen(new Element[600]);
	CHECK(allocations == 1 && alive == 600);
	delete[] elements;
	CHECK(allocations == 0);
	return {};
}

constexpr Behaviour behaviours[] = {
	BEHAVES(new_is_the_modules_own),
	BEHAVES(array_is_deleted_by_the_modules_own),
};

struct OwnOperatorNew {
	static Result<OwnOperatorNew> init(ThisModule & /*self*/)
	{
		for (const Behaviour &behaviour : behaviours)
			report(behaviour);
		return {std::in_place};
	}
};

} // namespace

KERNEL_MODULE(OwnOperatorNew);
