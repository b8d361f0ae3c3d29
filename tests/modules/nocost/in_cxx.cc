// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include <kernel/list.hpp>
#include <kernel/mutex.hpp>
#include <kernel/prelude.hpp>
#include <kernel/spinlock.hpp>
#include <kernel/uaccess.hpp>

#include "subjects.h"

using namespace kernel;

struct Object : ListNode {
	explicit Object(long v) : value{v} {}

	long value;
};

struct cxx_all {
	SpinLock<long> spinlock{LOCK_CLASS("nocost spinlock"), 0};
	Mutex<long> mutex{LOCK_CLASS("nocost mutex"), 0};
	Vec<int> numbers;
	List<Object> list;
	std::array<std::byte, 64> bytes{};
};

namespace
{

Result<Box<cxx_all>> make()
{
	auto made = KTRY(Box<cxx_all>::make(GFP_KERNEL));
	for (int i = 0; i < NUMBERS; ++i)
		KTRY(made->numbers.push(i, GFP_KERNEL));
	for (int i = 0; i < OBJECTS; ++i)
		made->list.push_back(KTRY(Box<Object>::make(GFP_KERNEL, i)));
	return made;
}

Result<> push(int count)
{
	Vec<int> numbers;
	for (int i = 0; i < count; ++i)
		KTRY(numbers.push(i, GFP_ATOMIC));
	return {};
}

} // namespace

cxx_all *cxx_make()
{
	auto made = make();
	return made ? made->release() : nullptr;
}

void cxx_destroy(cxx_all *all)
{
	auto last = Box<cxx_all>::adopt(all);
}

void cxx_spinlock(cxx_all *all)
{
	auto value = all->spinlock.lock();
	++*value;
}

void cxx_spinlock_irqsave(cxx_all *all)
{
	auto value = all->spinlock.lock_irqsave();
	++*value;
}

void cxx_mutex(cxx_all *all)
{
	auto value = all->mutex.lock();
	++*value;
}

int cxx_push(int count)
{
	return to_c(push(count));
}

int cxx_index(cxx_all *all, unsigned long index)
{
	return all->numbers[index];
}

long cxx_sum(cxx_all *all)
{
	long sum = 0;
	for (std::size_t i = 0; i < all->numbers.size(); ++i)
		sum += all->numbers[i];
	return sum;
}

long cxx_read_value(unsigned long address)
{
	auto value = UserSlice{address, sizeof(std::uint64_t)}.reader().read<std::uint64_t>();
	if (!value)
		return value.error().to_errno();
	return static_cast<long>(*value);
}

int cxx_write_value(unsigned long address)
{
	const std::uint64_t value = 42;
	return to_c(UserSlice{address, sizeof(value)}.writer().write(value));
}

int cxx_read_bytes(cxx_all *all, unsigned long address, unsigned long size)
{
	if (size > all->bytes.size())
		return EINVAL.to_errno();
	const std::span<std::byte> to{all->bytes.data(), size};
	return to_c(UserSlice{address, size}.reader().read(to));
}

int cxx_write_bytes(cxx_all *all, unsigned long address, unsigned long size)
{
	if (size > all->bytes.size())
		return EINVAL.to_errno();
	const std::span<const std::byte> from{all->bytes.data(), size};
	return to_c(UserSlice{address, size}.writer().write(from));
}

long cxx_walk(cxx_all *all)
{
	long sum = 0;
	for (const Object &object : std::as_const(all->list))
		sum += object.value;
	return sum;
}

void cxx_rotate(cxx_all *all)
{
	if (auto object = all->list.pop_front())
		all->list.push_back(std::move(object));
}
