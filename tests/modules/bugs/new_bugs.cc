// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Plain new without memory, in a module with KCXX_OUT_OF_MEMORY=BUG. /dev/kcxx_new_bug has no memory for it.

#include <generated/kcxx-bindings.hpp>

#include "mistakes.hpp"

MODULE_LICENSE("GPL");

namespace
{

template <typename T>
Result<> allocate(std::size_t count)
{
	asm volatile("" : "+r"(count));
	T *objects = new T[count];
	asm volatile("" : "+r"(objects) : : "memory");
	delete[] objects;
	return {};
}

Result<> plain_new_without_memory()
{
	return allocate<char>(KCXX_KMALLOC_MAX_SIZE + 1);
}

struct alignas(64) Line {
	unsigned char room[64];
};

Result<> plain_aligned_new_without_memory()
{
	return allocate<Line>(KCXX_KMALLOC_MAX_SIZE / sizeof(Line) + 1);
}

constexpr Behaviour mistakes[] = {
	MISTAKE(plain_new_without_memory),
	MISTAKE(plain_aligned_new_without_memory),
};

struct NewBugs {
	static Result<NewBugs> init(ThisModule & /*self*/)
	{
		return NewBugs{KTRY(MiscDevice<Mistake<mistakes>>::make("kcxx_new_bug", 0200))};
	}

	MiscDevice<Mistake<mistakes>> file;
};

} // namespace

KERNEL_MODULE(NewBugs);
