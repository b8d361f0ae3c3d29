// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// One object for each CPU. C API: <linux/percpu.h>.

#pragma once

#include <concepts>
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include <generated/bindings/memory/percpu.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/page.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/sendable.hpp>
#include <kernel/sync/shareable.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

/// This CPU's object: preemption is off as long as the guard lives, so that the task stays on
/// the CPU. The task may not sleep meanwhile. An interrupt on this CPU may come between: data
/// that it changes too need more protection.
template <typename T>
class [[nodiscard]] ThisCpu : public AtomicContext
{
public:
	/// It stays where it was made: see Send.
	static constexpr bool is_send = false;

	/// For PerCpu: the object of the CPU, with preemption off.
	explicit ThisCpu(void *objects) noexcept
	    : objects_{objects},
	      // SAFETY: objects are kcxx_alloc_percpu_gfp()'s; the destructor lets go.
	      object_{static_cast<T *>(bindings::kcxx_get_cpu_ptr(objects))}
	{
	}

	ThisCpu(const ThisCpu &) = delete;
	ThisCpu &operator=(const ThisCpu &) = delete;

	~ThisCpu()
	{
		// SAFETY: the constructor took the pointer.
		bindings::kcxx_put_cpu_ptr(objects_);
	}

	/// This CPU's object.
	[[nodiscard]] T &operator*() const noexcept KCXX_LIFETIMEBOUND { return *object_; }
	/// This CPU's object.
	[[nodiscard]] T *operator->() const noexcept KCXX_LIFETIMEBOUND { return object_; }

private:
	void *objects_;
	T *object_;
};

/// Owns a T for each possible CPU. Moves, does not copy; a moved-from PerCpu is empty:
/// all but assignment to it and its destruction BUG(), and this_cpu() faults.
///
///     PerCpu<unsigned long> packets = KTRY(PerCpu<unsigned long>::make(GFP_KERNEL, 0));
///     ++*packets.this_cpu();
///     pr_info("%lu\n", packets.sum());
template <typename T>
class [[nodiscard]] PerCpu
{
	static_assert(sizeof(T) <= KCXX_PCPU_MIN_UNIT_SIZE,
		      "kcxx-E1415: larger than the kernel allows");
	static_assert(alignof(T) <= PAGE_SIZE,
		      "kcxx-E1416: per-CPU memory is aligned to a page at most");

public:
	/// Constructs a T of `arguments` for each possible CPU.
	///
	/// Errors: ENOMEM. Context: as `flags` allow; GFP_KERNEL may sleep.
	template <typename... Arguments>
	[[nodiscard]] static Result<PerCpu> make(Gfp flags, const Arguments &...arguments)
	{
		static_assert(
			Send<T>,
			"kcxx-E1417: what all CPUs have is bound to where it was made: give it an "
			"owner, a clone() of an Arc, or a copy");
		// SAFETY: size and alignment are within what is allowed; null is handled.
		void *objects =
			bindings::kcxx_alloc_percpu_gfp(sizeof(T), alignof(T), flags.bits());
		if (objects == nullptr) [[unlikely]]
			return ENOMEM;
		each(objects, [&](T *room) { ::new (static_cast<void *>(room)) T(arguments...); });
		return PerCpu{objects};
	}

	PerCpu(const PerCpu &) = delete;
	PerCpu &operator=(const PerCpu &) = delete;

	/// Takes over the objects of `other`, which is empty then.
	PerCpu(PerCpu &&other) noexcept : objects_{std::exchange(other.objects_, none())} {}

	/// Gives up its own objects, and takes over those of `other`.
	PerCpu &operator=(PerCpu &&other) noexcept
	{
		const PerCpu old{std::exchange(objects_, std::exchange(other.objects_, none()))};
		return *this;
	}

	~PerCpu()
	{
		if (objects_ == none())
			return;
		each(objects_, [](T *object) { object->~T(); });
		// SAFETY: objects_ are kcxx_alloc_percpu_gfp()'s and given back once.
		bindings::kcxx_free_percpu(objects_);
	}

	/// This CPU's object, with preemption off until the guard's end. Context: any.
	[[nodiscard]] ThisCpu<T> this_cpu() const { return ThisCpu<T>{objects_}; }

	/// The object of `cpu`, which may be using it at the same time: so T is Sync, as an
	/// Atomic or a SpinLock is. BUG()s if there can be no such CPU. Context: any.
	[[nodiscard]] T &of(unsigned int cpu) const
	{
		static_assert(Sync<T>, "kcxx-E1523: another CPU uses its object meanwhile: write "
				       "PerCpu<Atomic<T>>, or value_of(cpu) or sum() of numbers");
		return *object_of(cpu);
	}

	/// The number of `cpu`, read once while that CPU may change it. BUG()s if there can be no
	/// such CPU. Context: any.
	[[nodiscard]] T value_of(unsigned int cpu) const
		requires std::integral<T>
	{
		return __atomic_load_n(object_of(cpu), __ATOMIC_RELAXED);
	}

	/// Calls `visit(object)` for the object of each possible CPU, which may be using it: so T
	/// is Sync. Context: as `visit` needs.
	template <typename Visitor>
	void for_each(Visitor visit) const
	{
		static_assert(Sync<T>, "kcxx-E1523: another CPU uses its object meanwhile: write "
				       "PerCpu<Atomic<T>>, or value_of(cpu) or sum() of numbers");
		each(checked(), [&](T *object) { visit(*object); });
	}

	/// The sum of all CPUs' values while the CPUs go on counting: each is read once. Wraps
	/// as unsigned numbers do. Context: any.
	[[nodiscard]] T sum() const
		requires std::integral<T> && (!std::same_as<T, bool>)
	{
		return sum_of<T>([](const T *value) { return value; });
	}

	/// The same of a member of T: `counts.sum(&Counts::packets)`
	template <std::integral Number, typename Object>
		requires std::same_as<Object, T> && (!std::same_as<Number, bool>)
	[[nodiscard]] Number sum(Number Object::*member) const
	{
		return sum_of<Number>([member](const T *object) { return &(object->*member); });
	}

private:
	explicit PerCpu(void *objects) noexcept : objects_{objects} {}

	[[nodiscard]] T *object_of(unsigned int cpu) const
	{
		// SAFETY: any number may be asked for.
		if (!bindings::kcxx_cpu_possible(cpu)) [[unlikely]]
			bug("PerCpu: no such CPU");
		// SAFETY: the CPU exists, and the objects live.
		return static_cast<T *>(bindings::kcxx_per_cpu_ptr(checked(), cpu));
	}

	template <typename Number, typename Place>
	[[nodiscard]] Number sum_of(Place place) const
	{
		std::make_unsigned_t<Number> total = 0;
		each(checked(), [&](const T *object) {
			total += static_cast<std::make_unsigned_t<Number>>(
				__atomic_load_n(place(object), __ATOMIC_RELAXED));
		});
		return static_cast<Number>(total);
	}

	template <typename Visitor>
	static void each(void *objects, Visitor visit)
	{
		// SAFETY: the loop visits CPUs in turn, beginning before the first.
		for (unsigned int cpu = bindings::kcxx_next_possible_cpu(-1U);
		     bindings::kcxx_cpu_possible(cpu); cpu = bindings::kcxx_next_possible_cpu(cpu))
			// SAFETY: the CPU exists, and the caller owns the objects.
			visit(static_cast<T *>(bindings::kcxx_per_cpu_ptr(objects, cpu)));
	}

	/// The pointer of an empty PerCpu. No processor takes its sum with a CPU's offset for an
	/// address, so this_cpu() needs no check; null with an offset is another object's address.
	[[nodiscard]] static void *none() noexcept
	{
		return reinterpret_cast<void *>(0xdead'0000'0000'0000UL);
	}

	[[nodiscard]] void *checked() const
	{
		if (objects_ == none()) [[unlikely]]
			bug("PerCpu: used after a move");
		return objects_;
	}

	void *objects_;
};

} // namespace kernel
