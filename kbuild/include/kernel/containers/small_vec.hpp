// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A growing array whose first elements lie in it. C API: <linux/slab.h>.

#pragma once

#include <cstddef>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#include <generated/bindings/containers/small_vec.hpp>
#include <kernel/bug.hpp>
#include <kernel/containers/clone.hpp>
#include <kernel/containers/room.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

/// A Vec with room for N elements inside: up to so many, nothing is allocated and nothing can
/// fail. More of them lie in memory from kmalloc(). Functions that may allocate take GFP flags
/// and return a Result. Moves, does not copy; a moved-from SmallVec is empty.
///
///     SmallVec<Segment, 4> segments; // seldom more
///     KTRY(segments.push(segment, GFP_NOIO));
///
/// `[]`, get() and functions that change the SmallVec check bounds; begin() and data() are plain
/// pointers, valid until the SmallVec grows or moves. A std::span can be made of a SmallVec.
/// Its elements may lie on the stack, which is small: 16 KiB in all, or 8.
template <typename T, std::size_t N>
class [[nodiscard]] SmallVec
{
	static_assert(N > 0, "kcxx-E1315: a SmallVec without an element inside is a Vec");

public:
	/// As std::vector's.
	using value_type = T;
	/// As std::vector's.
	using iterator = T *;
	/// As std::vector's.
	using const_iterator = const T *;

	/// Makes an empty one; allocates nothing
	SmallVec() noexcept : elements_{inside()} {}

	SmallVec(const SmallVec &) = delete;
	SmallVec &operator=(const SmallVec &) = delete;

	/// Takes over the elements of `other`, which is empty then.
	SmallVec(SmallVec &&other) noexcept : elements_{inside()} { take(other); }

	/// Gives up its own elements, and takes over those of `other`.
	SmallVec &operator=(SmallVec &&other) noexcept
	{
		// The old elements are destroyed last: one of them may own `other`.
		SmallVec incoming{std::move(other)};
		const SmallVec old{std::move(*this)};
		take(incoming);
		return *this;
	}

	~SmallVec()
	{
		clear();
		if (!is_inside())
			// SAFETY: elements_ is kmalloc()'s, and given back once.
			bindings::kfree(elements_);
	}

	/// Makes room for at least `capacity` elements in all. On failure the elements are
	/// unchanged.
	///
	/// Errors: ENOMEM; EOVERFLOW if the size in bytes does not fit. None up to N elements.
	/// Context: as `flags` allow; GFP_KERNEL may sleep. Up to N elements, any.
	Result<> reserve(std::size_t capacity, Gfp flags)
	{
		if (capacity <= capacity_)
			return {};
		move_to(KTRY(detail::room_for<T>(capacity, flags)), capacity);
		return {};
	}

	/// Appends `value`; on failure the SmallVec is unchanged and the value not moved from.
	/// Errors and context as reserve().
	Result<> push(T &&value, Gfp flags) { return emplace(flags, std::move(value)); }
	/// Appends a copy of `value`. Errors, context: as above.
	Result<> push(const T &value, Gfp flags) { return emplace(flags, value); }

	/// Appends an element made from `arguments`. Errors and context as reserve().
	template <typename... Arguments>
	Result<> emplace(Gfp flags, Arguments &&...arguments)
	{
		if (size_ == capacity_) [[unlikely]]
			return emplace_grown(flags, std::forward<Arguments>(arguments)...);
		construct_last(std::forward<Arguments>(arguments)...);
		return {};
	}

	/// Appends copies of `elements`, all or none. They may be this SmallVec's own.
	/// Errors and context as reserve().
	Result<> extend(std::span<const T> elements, Gfp flags)
		requires std::is_nothrow_copy_constructible_v<T>
	{
		std::size_t size = 0;
		if (__builtin_add_overflow(size_, elements.size(), &size)) [[unlikely]]
			return EOVERFLOW;
		const T *from = elements.data();
		const bool own = from >= elements_ && from < elements_ + size_;
		const std::size_t at = own ? static_cast<std::size_t>(from - elements_) : 0;
		if (size > capacity_)
			KTRY(reserve(size > 2 * capacity_ ? size : 2 * capacity_, flags));
		if (own)
			from = elements_ + at;
		for (std::size_t i = 0; i < elements.size(); ++i)
			construct_last(from[i]);
		return {};
	}

	/// Puts `value` before the element at `index`, or at the end if that is size(); BUG()s
	/// beyond. On failure nothing changes. Errors and context as reserve().
	template <typename Value>
		requires std::is_constructible_v<T, Value &&>
	Result<> insert(std::size_t index, Value &&value, Gfp flags)
	{
		if (index > size_) [[unlikely]]
			bug("SmallVec: insert() out of bounds");
		KTRY(emplace(flags, std::forward<Value>(value)));
		T last = std::move(elements_[size_ - 1]);
		elements_[size_ - 1].~T();
		for (std::size_t i = size_ - 1; i > index; --i)
			detail::relocate(elements_ + i, elements_ + i - 1);
		::new (static_cast<void *>(elements_ + index)) T(std::move(last));
		return {};
	}

	/// Takes the element at `index` out, and closes the gap; BUG()s if there is none.
	T remove(std::size_t index)
	{
		T removed = std::move(elements_[checked(index)]);
		elements_[index].~T();
		--size_;
		detail::relocate(elements_ + index, elements_ + index + 1, size_ - index);
		return removed;
	}

	/// Like remove(), but fills the gap with the last element: in constant time.
	T swap_remove(std::size_t index)
	{
		T removed = std::move(elements_[checked(index)]);
		elements_[index].~T();
		if (index != --size_)
			detail::relocate(elements_ + index, elements_ + size_);
		return removed;
	}

	/// Destroys the elements from `size` on, if there are any.
	void truncate(std::size_t size) noexcept
	{
		while (size_ > size)
			elements_[--size_].~T();
	}

	/// Keeps the elements for which `keep` returns true, in their order, and destroys the
	/// others. While `keep` runs, the SmallVec is empty.
	template <typename Predicate>
	void retain(Predicate keep)
	{
		const std::size_t size = std::exchange(size_, 0);
		std::size_t kept = 0;
		for (std::size_t i = 0; i < size; ++i) {
			if (!keep(std::as_const(elements_[i])))
				elements_[i].~T();
			else if (kept++ != i)
				detail::relocate(elements_ + kept - 1, elements_ + i);
		}
		size_ = kept;
	}

	/// Copies the SmallVec: each element by its copy constructor, or by its try_clone(Gfp) if
	/// it has one. Errors: as reserve(), and the elements'. Context: as `flags` allow.
	[[nodiscard]] Result<SmallVec> try_clone(Gfp flags) const
	{
		SmallVec copy;
		KTRY(copy.reserve(size_, flags));
		for (const T &element : *this)
			copy.construct_last(KTRY(detail::clone_of(element, flags)));
		return copy;
	}

	/// Destroys the last element; BUG()s if there is none.
	void pop()
	{
		if (size_ == 0) [[unlikely]]
			bug("SmallVec: pop() of an empty one");
		elements_[--size_].~T();
	}

	/// Destroys all elements and keeps the memory.
	void clear() noexcept { truncate(0); }

	/// The element at `index`; BUG()s if there is none.
	[[nodiscard]] T &operator[](std::size_t index) KCXX_LIFETIMEBOUND
	{
		return elements_[checked(index)];
	}
	/// The element; BUG()s if there is none.
	[[nodiscard]] const T &operator[](std::size_t index) const KCXX_LIFETIMEBOUND
	{
		return elements_[checked(index)];
	}

	/// The element at `index`, or null if there is none
	[[nodiscard]] T *get(std::size_t index) KCXX_LIFETIMEBOUND
	{
		return index < size_ ? elements_ + index : nullptr;
	}
	/// The element, or null.
	[[nodiscard]] const T *get(std::size_t index) const KCXX_LIFETIMEBOUND
	{
		return index < size_ ? elements_ + index : nullptr;
	}

	/// The number of elements.
	[[nodiscard]] std::size_t size() const noexcept { return size_; }
	/// The number of elements that there is room for: N at least.
	[[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
	/// True if there is no element.
	[[nodiscard]] bool empty() const noexcept { return size_ == 0; }
	/// The elements, valid until the SmallVec grows or moves; never null.
	[[nodiscard]] T *data() noexcept KCXX_LIFETIMEBOUND { return elements_; }
	/// The elements, valid until the SmallVec grows or moves; never null.
	[[nodiscard]] const T *data() const noexcept KCXX_LIFETIMEBOUND { return elements_; }

	/// For range-based for.
	[[nodiscard]] T *begin() noexcept KCXX_LIFETIMEBOUND { return elements_; }
	/// For range-based for.
	[[nodiscard]] T *end() noexcept KCXX_LIFETIMEBOUND { return elements_ + size_; }
	/// For range-based for.
	[[nodiscard]] const T *begin() const noexcept KCXX_LIFETIMEBOUND { return elements_; }
	/// For range-based for.
	[[nodiscard]] const T *end() const noexcept KCXX_LIFETIMEBOUND { return elements_ + size_; }

private:
	[[nodiscard]] T *inside() noexcept { return reinterpret_cast<T *>(inside_); }
	[[nodiscard]] bool is_inside() const noexcept
	{
		return static_cast<const void *>(elements_) == inside_;
	}

	[[nodiscard]] std::size_t checked(std::size_t index) const
	{
		if (index >= size_) [[unlikely]]
			bug("SmallVec: index out of bounds");
		return index;
	}

	template <typename... Arguments>
	void construct_last(Arguments &&...arguments)
	{
		::new (static_cast<void *>(elements_ + size_))
			T(std::forward<Arguments>(arguments)...);
		++size_;
	}

	/// emplace() where there is no room
	template <typename... Arguments>
	[[gnu::noinline]] Result<> emplace_grown(Gfp flags, Arguments &&...arguments)
	{
		const std::size_t capacity = 2 * capacity_;
		T *room = KTRY(detail::room_for<T>(capacity, flags));
		// The old elements have not moved yet: the arguments may refer to them.
		::new (static_cast<void *>(room + size_)) T(std::forward<Arguments>(arguments)...);
		move_to(room, capacity);
		++size_;
		return {};
	}

	/// Moves the elements to `room`, and frees the old memory.
	void move_to(T *room, std::size_t capacity) noexcept
	{
		detail::relocate(room, elements_, size_);
		if (!is_inside())
			// SAFETY: elements_ is kmalloc()'s; nothing lives in it now.
			bindings::kfree(elements_);
		elements_ = room;
		capacity_ = capacity;
	}

	/// Takes over the elements of `other`; has none itself, and its memory is inside.
	void take(SmallVec &other) noexcept
	{
		if (other.is_inside()) {
			detail::relocate(elements_, other.elements_, other.size_);
		} else {
			elements_ = std::exchange(other.elements_, other.inside());
			capacity_ = std::exchange(other.capacity_, N);
		}
		size_ = std::exchange(other.size_, 0);
	}

	T *elements_;
	std::size_t size_ = 0;
	std::size_t capacity_ = N;
	alignas(T) std::byte inside_[N * sizeof(T)];
};

} // namespace kernel
