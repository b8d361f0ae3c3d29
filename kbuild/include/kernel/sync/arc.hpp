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
#include <kernel/sync/shareable.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

/// A counted reference to a T in memory from kmalloc(); the last one destroys it. Only clone()
/// makes a further reference, never a copy: each one is seen in the source. A moved-from Arc is
/// empty: it may be assigned to and destroyed; `*`, `->`, clone() and unique() of it BUG().
///
///     Arc<Device> device = KTRY(Arc<Device>::make(GFP_KERNEL, 3));
///     start_worker(device.clone());
///
/// T may be a class that cannot move. An Arc shares, it does not serialise: the object is const, so
/// that what several tasks change is in a lock or an atomic, which are changed by const functions
/// too. A T that is itself such a class is not const: see Sync. The last reference may go in any
/// context in which T's destructor may run.
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
		::new (memory) Refcount{1};
		void *room = static_cast<std::byte *>(memory) + room_before;
		return adopt(::new (room) T(std::forward<Arguments>(arguments)...));
	}

	Arc(const Arc &) = delete;
	Arc &operator=(const Arc &) = delete;

	/// Takes over the object of `other`, which is empty then.
	Arc(Arc &&other) noexcept : place_{std::exchange(other.place_, nullptr)} {}

	/// An Arc of a derived class becomes an Arc of a base with a virtual destructor.
	template <typename Derived>
		requires(!std::is_same_v<Derived, T> && std::is_convertible_v<Derived *, T *> &&
			 std::has_virtual_destructor_v<T>)
	Arc(Arc<Derived> &&other) noexcept : place_{place_of(std::move(other).release())}
	{
		static_assert(Arc<Derived>::room_before == room_before,
			      "the derived class is aligned to more than its base");
	}

	/// Gives up its own object, and takes over that of `other`.
	Arc &operator=(Arc &&other) noexcept
	{
		// The old object is destroyed last: it may own `other`.
		const Arc old{std::exchange(place_, std::exchange(other.place_, nullptr))};
		return *this;
	}

	~Arc()
	{
		void *place = place_;
		if (place != nullptr && count_of(place)->dec_and_test())
			destroy(place);
	}

	/// A further reference to the same object. Never fails; context: any.
	[[nodiscard]] Arc clone() const
	{
		void *place = checked();
		count_of(place)->inc();
		return Arc{place};
	}

	/// The object, which is const unless it is Sync; BUG()s if there is none.
	template <typename Object = T>
	[[nodiscard]] Shared<Object> &operator*() const KCXX_LIFETIMEBOUND
	{
		return *object_of(checked());
	}
	/// The object, which is const unless it is Sync; BUG()s if there is none.
	template <typename Object = T>
	[[nodiscard]] Shared<Object> *operator->() const KCXX_LIFETIMEBOUND
	{
		return object_of(checked());
	}

	/// True if there is an object; false after a move
	[[nodiscard]] explicit operator bool() const noexcept { return place_ != nullptr; }

	/// Returns the object if this is the only reference to it, else null. No other code can
	/// reach the object until this Arc is cloned. Context: any.
	[[nodiscard]] T *unique()
	{
		void *place = checked();
		return count_of(place)->is_one() ? object_of(place) : nullptr;
	}

	/// True if both refer to one object
	[[nodiscard]] friend bool operator==(const Arc &a, const Arc &b) noexcept
	{
		return a.place_ == b.place_;
	}

	/// The object for C functions, which give it to a callback. BUG()s if there is none.
	[[nodiscard]] T *raw() const KCXX_LIFETIMEBOUND { return object_of(checked()); }

	/// Hands the reference over, as to a C structure; adopt() takes it back.
	[[nodiscard]] T *release() noexcept
	{
		void *place = std::exchange(place_, nullptr);
		return place != nullptr ? object_of(place) : nullptr;
	}

	/// Owns a reference from release(), once for each. Empty if `object` is null.
	[[nodiscard]] static Arc adopt(T *object) noexcept { return Arc{place_of(object)}; }

private:
	template <typename>
	friend class Arc;

	/// The count comes first, and has as much room as keeps the object aligned.
	static constexpr std::size_t room_before = alignof(T) > sizeof(void *) ? alignof(T)
									       : sizeof(void *);
	static_assert(sizeof(Refcount) <= sizeof(void *));

	explicit Arc(void *place) noexcept : place_{place} {}

	[[nodiscard]] static void *place_of(T *object) noexcept
	{
		if constexpr (std::is_polymorphic_v<T>)
			return object;
		else
			return object != nullptr ? count_before(object) : nullptr;
	}

	[[nodiscard]] static T *object_of(void *place) noexcept
	{
		if constexpr (std::is_polymorphic_v<T>)
			return static_cast<T *>(place);
		else
			return std::launder(reinterpret_cast<T *>(static_cast<std::byte *>(place) +
								  room_before));
	}

	[[nodiscard]] static Refcount *count_of(void *place) noexcept
	{
		if constexpr (std::is_polymorphic_v<T>)
			return count_before(dynamic_cast<void *>(static_cast<T *>(place)));
		else
			return std::launder(static_cast<Refcount *>(place));
	}

	[[nodiscard]] static Refcount *count_before(void *object) noexcept
	{
		return std::launder(reinterpret_cast<Refcount *>(static_cast<std::byte *>(object) -
								 room_before));
	}

	[[nodiscard]] void *checked() const
	{
		if (place_ == nullptr) [[unlikely]]
			bug("Arc: used after a move");
		return place_;
	}

	static void destroy(void *place) noexcept
	{
		const void *memory = count_of(place);
		object_of(place)->~T();
		// SAFETY: memory came from kcxx_kmalloc(), and the last reference is gone.
		bindings::kfree(memory);
	}

	/// Points to the count, from which the object's address follows; to the object if T may be
	/// a base
	void *place_;
};

} // namespace kernel
