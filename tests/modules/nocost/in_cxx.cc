// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include <kernel/containers.hpp>
#include <kernel/format.hpp>
#include <kernel/io.hpp>
#include <kernel/memory.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <kernel/task.hpp>
#include <kernel/time.hpp>
#include <kernel/types.hpp>

#include <generated/kcxx-bindings.hpp>

#include "subjects.h"

using namespace kernel;

struct Object : ListNode {
	explicit Object(long v) : value{v} {}

	long value;
};

struct Leaf : RbTreeNode<> {
	explicit Leaf(long k) : key{k}, value{k} {}

	long key;
	long value;
};

struct Control : Register<u32, 0x10> {
	using Enable = Bit<0>;
	using Mode = Field<6, 4>;
};

struct Status : Register<u32, 0x14, Access::read_only> {
	using Level = Field<15, 8>;
};

struct cxx_all {
	SpinLock<long> spinlock{LOCK_CLASS("nocost spinlock"), 0};
	Mutex<long> mutex{LOCK_CLASS("nocost mutex"), 0};
	RwSemaphore<long> rwsem{LOCK_CLASS("nocost rwsem"), 0};
	RcuPointer<long> under_rcu;
	Completion completion;
	Atomic<long> atomic;
	PerCpu<long> per_cpu;
	Arc<long> counted;
	Vec<int> numbers;
	List<Object> list;
	RbTree<Leaf, &Leaf::key> tree;
	RingBuffer<int> ring;
	std::array<std::byte, 64> bytes{};
	std::array<u32, 16> registers{}; // memory in their place

	explicit cxx_all(Box<long> value, PerCpu<long> values, Arc<long> shared)
	    : under_rcu{std::move(value)}, per_cpu{std::move(values)}, counted{std::move(shared)}
	{
		work.queue(seconds(1000));
	}

	void never() {}
	void never_either() KCXX_MUST_NOT_SLEEP {}

	DelayedWork<&cxx_all::never> work{LOCK_CLASS("nocost work"), *this};
	Timer<&cxx_all::never_either> timer{LOCK_CLASS("nocost timer"), *this};
};

namespace
{

Result<Box<cxx_all>> make()
{
	auto value = KTRY(Box<long>::make(GFP_KERNEL, 0));
	auto values = KTRY(PerCpu<long>::make(GFP_KERNEL, 0));
	auto shared = KTRY(Arc<long>::make(GFP_KERNEL, 0));
	auto made = KTRY(Box<cxx_all>::make(GFP_KERNEL, std::move(value), std::move(values),
					    std::move(shared)));
	for (int i = 0; i < NUMBERS; ++i)
		KTRY(made->numbers.push(i, GFP_KERNEL));
	for (int i = 0; i < OBJECTS; ++i)
		made->list.push_back(KTRY(Box<Object>::make(GFP_KERNEL, i)));
	for (long i = 0; i < OBJECTS; ++i)
		(void)made->tree.insert(KTRY(Box<Leaf>::make(GFP_KERNEL, i * 37 % OBJECTS)));
	made->ring = KTRY(RingBuffer<int>::with_capacity(64, GFP_KERNEL));
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
	return made ? std::move(*made).release().to_raw() : nullptr;
}

void cxx_destroy(cxx_all *all)
{
	auto last = Box<cxx_all>::adopt(Released<Box<cxx_all>>::from_raw(all));
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

int cxx_mutex_held(cxx_all *all)
{
	auto value = all->mutex.try_lock();
	if (!value)
		return EBUSY.to_errno();
	++*value;
	return 0;
}

void cxx_with_mutex(cxx_all *all, void (*call)(void))
{
	auto value = all->mutex.lock();
	call();
}

long cxx_rwsem_read(cxx_all *all)
{
	return *all->rwsem.read();
}

void cxx_rwsem_write(cxx_all *all)
{
	auto value = all->rwsem.write();
	++*value;
}

long cxx_rcu_read(cxx_all *all)
{
	const RcuReadGuard guard;
	const long *value = all->under_rcu.read(guard);
	return value != nullptr ? *value : 0;
}

void cxx_completion(cxx_all *all)
{
	all->completion.complete();
	all->completion.wait();
}

void cxx_atomic_add(cxx_all *all)
{
	all->atomic.add(2);
}

long cxx_atomic_fetch_add(cxx_all *all)
{
	return all->atomic.fetch_add(2);
}

void cxx_per_cpu(cxx_all *all)
{
	++*all->per_cpu.this_cpu();
}

int cxx_box(long value)
{
	const auto object = Box<Object>::make(GFP_ATOMIC, value);
	return object ? 0 : object.error().to_errno();
}

long cxx_counted(cxx_all *all)
{
	const Arc<long> counted = all->counted.clone();
	return *counted;
}

int cxx_queue_work(cxx_all *all)
{
	return all->work.queue(seconds(1000)) ? 1 : 0;
}

int cxx_timer(cxx_all *all)
{
	all->timer.start(seconds(1000));
	return all->timer.try_cancel() ? 1 : 0;
}

int cxx_push(int count)
{
	return to_c(push(count));
}

int cxx_index(cxx_all *all, unsigned long index)
{
	return all->numbers[index];
}

int cxx_format(char *to, unsigned long size, int count, const char *whom)
{
	const auto text =
		format_to({to, size}, KFORMAT("{} of {}, {:#06x}: {}\n"), count, size, count, whom);
	return text ? static_cast<int>(text->size()) : -E2BIG;
}

void cxx_log(int count, const char *whom)
{
	printk(KERN_DEBUG "{} of {}, {:#06x}: {}\n", count, 100UL, count, whom);
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
	auto reader = UserSlice{address, sizeof(long)}.reader();
	return reader.read<long>().value_or(EFAULT.to_errno());
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

long cxx_tree_find(cxx_all *all, long key)
{
	const Leaf *leaf = all->tree.get(key);
	return leaf != nullptr ? leaf->value : 0;
}

void cxx_tree_insert(cxx_all *all, long key)
{
	if (Leaf *leaf = all->tree.get(key))
		(void)all->tree.insert(all->tree.remove(*leaf));
}

int cxx_ring(cxx_all *all, int number)
{
	if (!all->ring.push_back(number))
		return ENOSPC.to_errno();
	return all->ring.pop_front().value_or(ENODATA.to_errno());
}

unsigned int cxx_registers(cxx_all *all, unsigned int mode)
{
	const auto registers = Mmio<0x40>::adopt(all->registers.data());
	registers.update<Control>(Control::Enable{true}, Control::Mode{mode});
	return registers.read<Status>().get<Status::Level>();
}
