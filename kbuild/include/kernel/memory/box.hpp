// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// One object on the kernel's heap. C API: <linux/slab.h>.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include <generated/bindings/memory/box.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/lifetime.hpp>
#include <kernel/types/released.hpp>

namespace kernel
{

namespace detail
{

/// True for numbers and arrays of numbers: a T without a value is zero bytes.
template <typename T>
inline constexpr bool is_zero_bytes = std::is_arithmetic_v<T> || std::is_enum_v<T>;
template <typename T, std::size_t N>
inline constexpr bool is_zero_bytes<std::array<T, N>> = is_zero_bytes<T>;

} // namespace detail

/// Owns one T that lives in memory from kmalloc(). Moves, does not copy. A
/// moved-from Box is empty: it may be assigned to and destroyed; `*` and `->`
/// of it BUG(). The object of a const Box is const: a lambda that changes what its
/// Box owns is `mutable`.
///
/// T may be a class that cannot move. Its alignment is at most that of kmalloc(): more is
/// refused at compile time, and needs a SlabCache.
///
///     auto state = KTRY(Box<State>::make(GFP_KERNEL, 3, "name"));
template <typename T>
class [[nodiscard]] Box
{
	static_assert(!std::is_array_v<T>, "kcxx-E1409: Box holds one object; an array is a Vec");

public:
	/// The object's type.
	using element_type = T;

	/// Allocates and constructs a T from `arguments`; without any, numbers are zero.
	///
	/// Errors: ENOMEM. Context: as `flags` allow; GFP_KERNEL may sleep.
	template <typename... Arguments>
	[[nodiscard]] static Result<Box> make(Gfp flags, Arguments &&...arguments)
	{
		// The allocator zeroes where the kernel makes it zero all memory: once is enough.
		constexpr bool zeroed = sizeof...(Arguments) == 0 && detail::is_zero_bytes<T>;
		static_assert(alignof(T) <= KMALLOC_MINALIGN || std::has_single_bit(sizeof(T)),
			      "kcxx-E1410: kmalloc() aligns to ARCH_KMALLOC_MINALIGN; to a power "
			      "of two if "
			      "that is the size");
		// SAFETY: any size and flags are allowed; null is handled.
		void *memory = bindings::kcxx_kmalloc(sizeof(T),
						      (zeroed ? flags | __GFP_ZERO : flags).bits());
		if (memory == nullptr) [[unlikely]]
			return ENOMEM;
		if constexpr (zeroed)
			return Box{std::launder(static_cast<T *>(memory))};
		else
			return Box{::new (memory) T(std::forward<Arguments>(arguments)...)};
	}

	Box(const Box &) = delete;
	Box &operator=(const Box &) = delete;

	/// Takes over the object of `other`, which is empty then.
	Box(Box &&other) noexcept : object_{std::exchange(other.object_, nullptr)} {}

	/// A Box of a derived class becomes a Box of a base with a virtual destructor.
	template <typename Derived>
		requires(!std::is_same_v<Derived, T> && std::is_convertible_v<Derived *, T *> &&
			 std::has_virtual_destructor_v<T>)
	Box(Box<Derived> &&other) noexcept : object_{std::move(other).release().to_raw()}
	{
	}

	/// Gives up its own object, and takes over that of `other`.
	Box &operator=(Box &&other) noexcept
	{
		// The old object is destroyed last: it may own `other`, as in a list.
		const Box old{std::exchange(object_, std::exchange(other.object_, nullptr))};
		return *this;
	}

	~Box() { destroy(object_); }

	/// The object, const if the Box is: what an Arc or a const function shares is not changed
	/// through a Box either. BUG()s if there is none.
	[[nodiscard]] T &operator*() KCXX_LIFETIMEBOUND { return *checked(); }
	/// The same of a const Box
	[[nodiscard]] const T &operator*() const KCXX_LIFETIMEBOUND { return *checked(); }
	/// The object, const if the Box is; BUG()s if there is none.
	[[nodiscard]] T *operator->() KCXX_LIFETIMEBOUND { return checked(); }
	/// The same of a const Box
	[[nodiscard]] const T *operator->() const KCXX_LIFETIMEBOUND { return checked(); }

	/// True if there is an object; false after a move
	[[nodiscard]] explicit operator bool() const noexcept { return object_ != nullptr; }

	/// Gives the object up, for another Owner to adopt: `std::move(owner).release()`. What an
	/// empty one releases is empty.
	[[nodiscard]] Released<Box> release() && noexcept
	{
		return Released<Box>::from_raw(std::exchange(object_, nullptr));
	}
	/// This call is refused, for the owner is used up by it: std::move() is to be seen.
	template <typename Self = Box>
	[[nodiscard]] Released<Box> release() & noexcept
	{
		static_assert(detail::never<Self>, "kcxx-E1411: release() uses its owner up: write "
						   "std::move(owner).release()");
		return std::move(*this).release();
	}

	/// Owns what another Box released.
	[[nodiscard]] static Box adopt(Released<Box> &&released) noexcept
	{
		return Box{std::move(released).to_raw()};
	}
	/// One without an object.
	[[nodiscard]] static Box adopt(std::nullptr_t) noexcept { return Box{nullptr}; }
	/// A pointer is refused, for nothing tells how often it is adopted.
	template <typename Object>
	[[nodiscard]] static Box adopt(Object *object) noexcept
	{
		static_assert(
			detail::never<Object>,
			"kcxx-E1412: adopt() takes what release() returned; a pointer that C kept: "
			"Released<Box<T>>::from_raw(pointer)");
		return Box{object};
	}
	/// A Released that has a name is refused, for it is used up: std::move() is to be seen.
	template <typename Owner>
	[[nodiscard]] static Box adopt(const Released<Owner> & /*released*/) noexcept
	{
		static_assert(detail::never<Owner>, "kcxx-E1413: what was released is adopted "
						    "once: write adopt(std::move(released))");
		return Box{nullptr};
	}

private:
	explicit Box(T *object) noexcept : object_{object} {}

	[[nodiscard]] T *checked() const
	{
		if (object_ == nullptr) [[unlikely]]
			bug("Box: used after a move");
		return object_;
	}

	static void destroy(T *object) noexcept
	{
		if (object == nullptr)
			return;
		const void *memory = object;
		if constexpr (std::is_polymorphic_v<T>) // a base may lie further in
			memory = dynamic_cast<const void *>(object);
		object->~T();
		// SAFETY: memory came from kcxx_kmalloc() and is given back once.
		bindings::kfree(memory);
	}

	T *object_;
};

} // namespace kernel
