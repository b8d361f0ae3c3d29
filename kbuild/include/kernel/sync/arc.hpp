// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// One object with several owners. C API: <linux/refcount.h>, <linux/slab.h>.

#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include <generated/bindings/sync/arc.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/module/live_objects.hpp>
#include <kernel/sync/refcount.hpp>
#include <kernel/sync/sendable.hpp>
#include <kernel/sync/shareable.hpp>
#include <kernel/types/lifetime.hpp>
#include <kernel/types/released.hpp>

namespace kernel
{

/// A counted reference to a T in memory from kmalloc(); the last one destroys it. Only clone()
/// makes a further reference, never a copy: each one is seen in the source. A moved-from Arc is
/// empty: it may be assigned to and destroyed; `*`, `->`, clone() and unique() of it BUG().
///
///     Arc<Device> device = KTRY(Arc<Device>::make(GFP_KERNEL, 3));
///     start_worker(device.clone());
///
/// A module cannot unload while an object of an Arc lives that has a destructor: rmmod waits, and
/// the log names the class.
///
/// T may be a class that cannot move. An Arc shares, it does not serialise: the object is const, so
/// that what several tasks change is in a lock or an atomic, which are changed by const functions
/// too. A T that is itself such a class is not const: see Sync. The last reference may go in any
/// context in which T's destructor may run.
template <typename T>
class [[nodiscard]] Arc
{
	static_assert(!std::is_array_v<T>, "kcxx-E1461: Arc holds one object; an array is a Vec");
	static_assert(!std::is_const_v<T> && !std::is_volatile_v<T>,
		      "kcxx-E1462: Arc owns what it holds");

public:
	/// The object's type.
	using element_type = T;

	/// Allocates and constructs a T from `arguments`.
	///
	/// Errors: ENOMEM. Context: as `flags` allow; GFP_KERNEL may sleep.
	template <typename... Arguments>
	[[nodiscard]] static Result<Arc> make(Gfp flags, Arguments &&...arguments)
	{
		static_assert(alignof(T) <= KMALLOC_MINALIGN,
			      "kcxx-E1309: kmalloc() aligns to ARCH_KMALLOC_MINALIGN");
		static_assert(
			Send<T>,
			"kcxx-E1463: what an Arc shares is bound to where it was made: give it an "
			"owner, a clone() of an Arc, or a copy");
		// SAFETY: any size and flags are allowed; null is handled.
		void *memory = bindings::kcxx_kmalloc(room_before + sizeof(T), flags.bits());
		if (memory == nullptr) [[unlikely]]
			return ENOMEM;
		::new (memory) Refcount{1};
		void *room = static_cast<std::byte *>(memory) + room_before;
		if constexpr (is_counted) {
			::new (static_cast<std::byte *>(memory) + sizeof(void *))
				detail::LiveObjects *(&detail::live_objects<T>);
			detail::live_objects<T>.add();
		}
		return Arc{place_of(::new (room) T(std::forward<Arguments>(arguments)...))};
	}

	Arc(const Arc &) = delete;
	Arc &operator=(const Arc &) = delete;

	/// Takes over the object of `other`, which is empty then.
	Arc(Arc &&other) noexcept : place_{std::exchange(other.place_, nullptr)} {}

	/// An Arc of a derived class becomes an Arc of a base with a virtual destructor.
	template <typename Derived>
		requires(!std::is_same_v<Derived, T> && std::is_convertible_v<Derived *, T *> &&
			 std::has_virtual_destructor_v<T>)
	Arc(Arc<Derived> &&other) noexcept : place_{place_of(std::move(other).taken())}
	{
		static_assert(Arc<Derived>::room_before == room_before,
			      "kcxx-E1464: the derived class is aligned to more than its base");
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

	/// Gives the object up, for another Owner to adopt: `std::move(owner).release()`. What an
	/// empty one releases is empty.
	[[nodiscard]] Released<Arc> release() && noexcept
	{
		return Released<Arc>::from_raw(taken());
	}
	/// This call is refused, for the owner is used up by it: std::move() is to be seen.
	template <typename Self = Arc>
	[[nodiscard]] Released<Arc> release() & noexcept
	{
		static_assert(detail::never<Self>, "kcxx-E1411: release() uses its owner up: write "
						   "std::move(owner).release()");
		return std::move(*this).release();
	}

	/// Owns the reference that another Arc released.
	[[nodiscard]] static Arc adopt(Released<Arc> &&released) noexcept
	{
		return Arc{place_of(std::move(released).to_raw())};
	}
	/// One without an object.
	[[nodiscard]] static Arc adopt(std::nullptr_t) noexcept { return Arc{nullptr}; }
	/// A pointer is refused, for nothing tells how often it is adopted.
	template <typename Object>
	[[nodiscard]] static Arc adopt(Object *object) noexcept
	{
		static_assert(
			detail::never<Object>,
			"kcxx-E1465: adopt() takes what release() returned; a pointer that C kept: "
			"Released<Arc<T>>::from_raw(pointer)");
		return Arc{place_of(object)};
	}
	/// A Released that has a name is refused, for it is used up: std::move() is to be seen.
	template <typename Owner>
	[[nodiscard]] static Arc adopt(const Released<Owner> & /*released*/) noexcept
	{
		static_assert(detail::never<Owner>, "kcxx-E1413: what was released is adopted "
						    "once: write adopt(std::move(released))");
		return Arc{nullptr};
	}

private:
	template <typename>
	friend class Arc;

	/// An object without a destructor owns nothing that calls back, and no Arc.
	static constexpr bool is_counted = !std::is_trivially_destructible_v<T>;

	/// The count of references comes first, then where the object is counted; both have as much
	/// room as keeps the object aligned.
	static constexpr std::size_t room_of_counts = (is_counted ? 2 : 1) * sizeof(void *);
	static constexpr std::size_t room_before = alignof(T) > room_of_counts ? alignof(T)
									       : room_of_counts;
	static_assert(sizeof(Refcount) <= sizeof(void *));

	explicit Arc(void *place) noexcept : place_{place} {}

	/// Gives the reference up: the object, or null
	[[nodiscard]] T *taken() noexcept
	{
		void *place = std::exchange(place_, nullptr);
		return place != nullptr ? object_of(place) : nullptr;
	}

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
		void *memory = count_of(place);
		detail::LiveObjects *counted = nullptr;
		if constexpr (is_counted) // where it was made: T may be a base, of another module
			counted = *std::launder(reinterpret_cast<detail::LiveObjects **>(
				static_cast<std::byte *>(memory) + sizeof(void *)));
		object_of(place)->~T();
		// SAFETY: memory came from kcxx_kmalloc(), and the last reference is gone.
		bindings::kfree(memory);
		if constexpr (is_counted)
			counted->end();
	}

	/// Points to the count, from which the object's address follows; to the object if T may be
	/// a base
	void *place_;
};

} // namespace kernel
