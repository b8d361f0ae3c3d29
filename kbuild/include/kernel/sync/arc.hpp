// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// One object with several owners. C API: <linux/refcount.h>, <linux/slab.h>.

#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/sync/refcount.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

/// A counted reference to a T in memory from kmalloc(); the last one destroys it. Only clone()
/// makes a further reference, never a copy: each one is seen in the source. A moved-from Arc is
/// empty: it may be assigned to and destroyed; `*` and `->` of it BUG(), clone() and unique() fault.
///
///     Arc<Device> device = KTRY(Arc<Device>::make(GFP_KERNEL, 3));
///     start_worker(device.clone());
///
/// T may be a class that cannot move. Data in it that several tasks change belong in a lock: an
/// Arc shares, it does not serialise. The last reference may go in any context in which T's
/// destructor may run.
template <typename T>
class [[nodiscard]] Arc
{
	static_assert(!std::is_array_v<T>, "Arc holds one object; an array is a Vec");
	static_assert(!std::is_const_v<T> && !std::is_volatile_v<T>, "Arc owns what it holds");

public:
	/// Allocates and constructs a T from `arguments`.
	///
	/// Errors: ENOMEM. Context: as `flags` allow; GFP_KERNEL may sleep.
	template <typename... Arguments>
	[[nodiscard]] static Result<Arc> make(Gfp flags, Arguments &&...arguments)
	{
		static_assert(alignof(T) <= KMALLOC_MINALIGN,
			      "kmalloc() aligns to ARCH_KMALLOC_MINALIGN");
		// SAFETY: any size and flags are allowed; null is handled.
		void *memory = bindings::kcxx_kmalloc(room_before + sizeof(T), flags.bits());
		if (memory == nullptr) [[unlikely]]
			return ENOMEM;
		auto *object = static_cast<std::byte *>(memory) + room_before;
		::new (static_cast<void *>(object - sizeof(Refcount))) Refcount{1};
		return Arc{::new (static_cast<void *>(object))
				   T(std::forward<Arguments>(arguments)...)};
	}

	Arc(const Arc &) = delete;
	Arc &operator=(const Arc &) = delete;

	/// Takes over the object of `other`, which is empty then.
	Arc(Arc &&other) noexcept : object_{std::exchange(other.object_, nullptr)} {}

	/// An Arc of a derived class becomes an Arc of a base with a virtual destructor.
	template <typename Derived>
		requires(!std::is_same_v<Derived, T> && std::is_convertible_v<Derived *, T *> &&
			 std::has_virtual_destructor_v<T>)
	Arc(Arc<Derived> &&other) noexcept : object_{std::move(other).release()}
	{
		static_assert(Arc<Derived>::room_before == room_before,
			      "the derived class is aligned to more than its base");
	}

	/// Gives up its own object, and takes over that of `other`.
	Arc &operator=(Arc &&other) noexcept
	{
		// The old object is destroyed last: it may own `other`.
		const Arc old{std::exchange(object_, std::exchange(other.object_, nullptr))};
		return *this;
	}

	~Arc() { drop(object_); }

	/// A further reference to the same object. Never fails; context: any.
	[[nodiscard]] Arc clone() const
	{
		T *object = object_;
		count_of(object)->inc();
		// There is an object: before the address 0, where the count would be, no memory is mapped.
		if (object == nullptr)
			__builtin_unreachable();
		return Arc{object};
	}

	/// The object; BUG()s if there is none.
	[[nodiscard]] T &operator*() const KCXX_LIFETIMEBOUND { return *checked(); }
	/// The object; BUG()s if there is none.
	[[nodiscard]] T *operator->() const KCXX_LIFETIMEBOUND { return checked(); }

	/// True if there is an object; false after a move
	[[nodiscard]] explicit operator bool() const noexcept { return object_ != nullptr; }

	/// Returns the object if this is the only reference to it, else null. No other code can
	/// reach the object until this Arc is cloned. Context: any.
	[[nodiscard]] T *unique() { return count_of(object_)->is_one() ? object_ : nullptr; }

	/// True if both refer to one object
	[[nodiscard]] friend bool operator==(const Arc &a, const Arc &b) noexcept
	{
		return a.object_ == b.object_;
	}

	/// Hands the reference over, as to a C structure; adopt() takes it back.
	[[nodiscard]] T *release() noexcept { return std::exchange(object_, nullptr); }

	/// Owns a reference from release(), once for each. Empty if `object` is null.
	[[nodiscard]] static Arc adopt(T *object) noexcept { return Arc{object}; }

private:
	template <typename>
	friend class Arc;

	/// The count lies right before the object, in as much room as keeps the object aligned.
	static constexpr std::size_t room_before = alignof(T) > sizeof(void *) ? alignof(T)
									       : sizeof(void *);
	static_assert(sizeof(Refcount) <= sizeof(void *));

	explicit Arc(T *object) noexcept : object_{object} {}

	/// The beginning of the whole object, of which T may be a base
	[[nodiscard]] static std::byte *whole(T *object) noexcept
	{
		void *start = object;
		if constexpr (std::is_polymorphic_v<T>)
			start = dynamic_cast<void *>(object);
		return static_cast<std::byte *>(start);
	}

	[[nodiscard]] static Refcount *count_of(T *object) noexcept
	{
		return std::launder(reinterpret_cast<Refcount *>(whole(object) - sizeof(Refcount)));
	}

	[[nodiscard]] T *checked() const
	{
		if (object_ == nullptr) [[unlikely]]
			bug("Arc: used after a move");
		return object_;
	}

	static void drop(T *object) noexcept
	{
		if (object == nullptr || !count_of(object)->dec_and_test())
			return;
		const void *memory = whole(object) - room_before;
		object->~T();
		// SAFETY: memory came from kcxx_kmalloc(), and the last reference is gone.
		bindings::kfree(memory);
	}

	T *object_;
};

} // namespace kernel
