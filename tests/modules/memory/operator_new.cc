// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The operator new of KCXX_OPERATOR_NEW=GFP_KERNEL and KCXX_OUT_OF_MEMORY=BUG: each behaviour leaves no object behind.

#include <cstdint>
#include <memory>
#include <new>
#include <vector>

#include <generated/kcxx-bindings.hpp>

#include "behaviours.hpp"

MODULE_LICENSE("GPL");

namespace
{

/// Keeps the compiler from leaving out an allocation.
template <typename T>
T *seen(T *object)
{
	asm volatile("" : "+r"(object) : : "memory");
	return object;
}

struct Element {
	Element() { ++alive; }
	~Element() { --alive; }

	long value = 7;
};

template <std::size_t alignment, std::size_t size>
struct alignas(alignment) Aligned {
	unsigned char room[size];
};

template <typename T>
bool is_aligned(const T *object)
{
	return object != nullptr && reinterpret_cast<std::uintptr_t>(object) % alignof(T) == 0;
}

/// Allocates objects and an array of T beside each other: neighbours in a slab are not all aligned by chance.
template <typename T>
bool new_aligns()
{
	constexpr int count = 8;
	T *objects[count];
	bool aligned = true;
	for (T *&object : objects) {
		object = seen(new (std::nothrow) T);
		aligned = aligned && is_aligned(object);
	}
	for (T *object : objects)
		delete object;
	T *array = seen(new (std::nothrow) T[3]);
	aligned = aligned && is_aligned(array);
	delete[] array;
	return aligned;
}

Result<> object_is_destroyed_by_its_base()
{
	Counted *object = seen(new (std::nothrow) Derived{3});
	CHECK(object != nullptr && object->twice() == 600 && alive == 1);
	delete object;
	return {};
}

Result<> elements_are_destroyed()
{
	Element *elements = seen(new (std::nothrow) Element[5]);
	CHECK(elements != nullptr && alive == 5 && elements[4].value == 7);
	delete[] elements;
	return {};
}

Result<> memory_is_aligned_as_its_type()
{
	CHECK((new_aligns<Aligned<8, 40>>()));
	CHECK((new_aligns<Aligned<16, 80>>()));
	CHECK((new_aligns<Aligned<64, 192>>()));
	CHECK((new_aligns<Aligned<4096, 3>>()));
	return {};
}

Result<> array_too_large_is_null()
{
	std::size_t count = ~0UL / sizeof(long) + 2;
	asm volatile("" : "+r"(count));
	CHECK(seen(new (std::nothrow) long[count]) == nullptr);
	count = KCXX_KMALLOC_MAX_SIZE / sizeof(long) + 1;
	asm volatile("" : "+r"(count));
	CHECK(seen(new (std::nothrow) long[count]) == nullptr);
	return {};
}

Result<> object_too_large_is_not_constructed()
{
	struct Large {
		Large() { ++alive; }
		unsigned char room[KCXX_KMALLOC_MAX_SIZE + 1];
	};
	CHECK(seen(new (std::nothrow) Large) == nullptr && alive == 0);
	return {};
}

Result<> objects_of_no_size_have_an_address_each()
{
	void *one = seen(::operator new(0, std::nothrow));
	void *other = seen(::operator new(0, std::nothrow));
	CHECK(one != nullptr && other != nullptr && one != other);
	::operator delete(one);
	::operator delete(other);
	return {};
}

Result<> plain_new_makes_objects()
{
	Element *element = seen(new Element);
	auto *line = seen(new Aligned<64, 80>);
	CHECK(element->value == 7 && is_aligned(line));
	delete line;
	delete element;
	return {};
}

Result<> std_has_memory()
{
	const auto unique = std::make_unique<Element>();
	std::vector<int> numbers;
	for (int i = 0; i < 1000; ++i)
		numbers.push_back(i);
	CHECK(unique->value == 7 && numbers[999] == 999);
	return {};
}

constexpr Behaviour behaviours[] = {
	BEHAVES(object_is_destroyed_by_its_base),
	BEHAVES(elements_are_destroyed),
	BEHAVES(memory_is_aligned_as_its_type),
	BEHAVES(array_too_large_is_null),
	BEHAVES(object_too_large_is_not_constructed),
	BEHAVES(objects_of_no_size_have_an_address_each),
	BEHAVES(plain_new_makes_objects),
	BEHAVES(std_has_memory),
};

struct OperatorNew {
	static Result<OperatorNew> init(ThisModule & /*self*/)
	{
		for (const Behaviour &behaviour : behaviours)
			report(behaviour);
		return {std::in_place};
	}
};

} // namespace

KERNEL_MODULE(OperatorNew);
