// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Elements in an array whose end goes on at its beginning: the base of RingBuffer and Deque.
/// C API: <linux/slab.h>; the idea is that of <linux/kfifo.h>.

#pragma once

#include <compare>
#include <cstddef>
#include <iterator>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>

#include <generated/bindings/containers/ring_base.hpp>
#include <kernel/bug.hpp>
#include <kernel/containers/room.hpp>
#include <kernel/error.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

template <typename T, typename Names>
class RingBase;

namespace detail
{

/// Goes from element to element of a RingBase, in either direction. Valid until it moves,
/// grows or takes an element out.
template <typename Element>
class RingIterator
{
public:
	/// As std::deque's.
	using value_type = std::remove_const_t<Element>;
	using difference_type = std::ptrdiff_t;
	using reference = Element &;
	using pointer = Element *;
	using iterator_category = std::random_access_iterator_tag;

	RingIterator() = default;

	/// An iterator becomes one of constant elements.
	template <typename Other>
		requires std::is_same_v<const Other, Element>
	RingIterator(const RingIterator<Other> &other) noexcept
	    : elements_{other.elements_}, mask_{other.mask_}, at_{other.at_}
	{
	}

	[[nodiscard]] Element &operator*() const noexcept { return elements_[at_ & mask_]; }
	[[nodiscard]] Element *operator->() const noexcept { return elements_ + (at_ & mask_); }
	[[nodiscard]] Element &operator[](std::ptrdiff_t n) const noexcept { return *(*this + n); }

	RingIterator &operator+=(std::ptrdiff_t n) noexcept
	{
		at_ += static_cast<std::size_t>(n);
		return *this;
	}
	RingIterator &operator-=(std::ptrdiff_t n) noexcept
	{
		at_ -= static_cast<std::size_t>(n);
		return *this;
	}
	RingIterator &operator++() noexcept { return *this += 1; }
	RingIterator &operator--() noexcept { return *this -= 1; }
	RingIterator operator++(int) noexcept
	{
		const RingIterator before = *this;
		++*this;
		return before;
	}
	RingIterator operator--(int) noexcept
	{
		const RingIterator before = *this;
		--*this;
		return before;
	}

	friend RingIterator operator+(RingIterator a, std::ptrdiff_t n) noexcept { return a += n; }
	friend RingIterator operator+(std::ptrdiff_t n, RingIterator a) noexcept { return a += n; }
	friend RingIterator operator-(RingIterator a, std::ptrdiff_t n) noexcept { return a -= n; }
	friend std::ptrdiff_t operator-(const RingIterator &a, const RingIterator &b) noexcept
	{
		return static_cast<std::ptrdiff_t>(a.at_ - b.at_);
	}
	friend bool operator==(const RingIterator &a, const RingIterator &b) noexcept
	{
		return a.at_ == b.at_;
	}
	friend std::strong_ordering operator<=>(const RingIterator &a,
						const RingIterator &b) noexcept
	{
		return a - b <=> 0; // positions may pass the largest number, distances not
	}

private:
	template <typename>
	friend class RingIterator;
	template <typename, typename>
	friend class kernel::RingBase;

	RingIterator(Element *elements, std::size_t mask, std::size_t at) noexcept
	    : elements_{elements}, mask_{mask}, at_{at}
	{
	}

	Element *elements_ = nullptr;
	std::size_t mask_ = 0;
	std::size_t at_ = 0;
};

} // namespace detail

/// The members that RingBuffer and Deque share; use these classes. Names has the texts of their
/// BUGs.
// Positions count on without end, as those of a kfifo, and their low bits are an index.
template <typename T, typename Names>
class RingBase
{
public:
	/// As std::deque's.
	using value_type = T;
	/// As std::deque's.
	using iterator = detail::RingIterator<T>;
	/// As std::deque's.
	using const_iterator = detail::RingIterator<const T>;

	RingBase(const RingBase &) = delete;
	RingBase &operator=(const RingBase &) = delete;

	/// Takes the first element out; nothing if there is none. Context: any.
	[[nodiscard]] std::optional<T> pop_front()
	{
		if (empty())
			return std::nullopt;
		std::optional<T> first = taken(first_);
		++first_;
		return first;
	}

	/// Takes the last element out; nothing if there is none. Context: any.
	[[nodiscard]] std::optional<T> pop_back()
	{
		if (empty())
			return std::nullopt;
		std::optional<T> last = taken(end_ - 1);
		--end_;
		return last;
	}

	/// Destroys all elements and keeps the memory. Context: as the elements' destructors.
	void clear() noexcept
	{
		while (!empty())
			at(--end_)->~T();
	}

	/// The element at `index`, from the first one on; BUG()s if there is none.
	[[nodiscard]] T &operator[](std::size_t index) KCXX_LIFETIMEBOUND
	{
		return *at(first_ + checked(index));
	}
	/// The element; BUG()s if there is none.
	[[nodiscard]] const T &operator[](std::size_t index) const KCXX_LIFETIMEBOUND
	{
		return *at(first_ + checked(index));
	}

	/// The element at `index`, or null if there is none
	[[nodiscard]] T *get(std::size_t index) noexcept KCXX_LIFETIMEBOUND
	{
		return index < size() ? at(first_ + index) : nullptr;
	}
	/// The element, or null.
	[[nodiscard]] const T *get(std::size_t index) const noexcept KCXX_LIFETIMEBOUND
	{
		return index < size() ? at(first_ + index) : nullptr;
	}

	/// The first element, or null if there is none
	[[nodiscard]] T *front() noexcept KCXX_LIFETIMEBOUND { return get(0); }
	/// The first element, or null.
	[[nodiscard]] const T *front() const noexcept KCXX_LIFETIMEBOUND { return get(0); }
	/// The last element, or null if there is none
	[[nodiscard]] T *back() noexcept KCXX_LIFETIMEBOUND { return get(size() - 1); }
	/// The last element, or null.
	[[nodiscard]] const T *back() const noexcept KCXX_LIFETIMEBOUND { return get(size() - 1); }

	/// The number of elements.
	[[nodiscard]] std::size_t size() const noexcept { return end_ - first_; }
	/// The number of elements that there is memory for: 0 or a power of two.
	[[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
	/// True if there is no element.
	[[nodiscard]] bool empty() const noexcept { return end_ == first_; }

	/// For range-based for; a random access iterator.
	[[nodiscard]] iterator begin() noexcept KCXX_LIFETIMEBOUND
	{
		return {elements_, mask_, first_};
	}
	/// For range-based for.
	[[nodiscard]] iterator end() noexcept KCXX_LIFETIMEBOUND
	{
		return {elements_, mask_, end_};
	}
	/// For range-based for.
	[[nodiscard]] const_iterator begin() const noexcept KCXX_LIFETIMEBOUND
	{
		return {elements_, mask_, first_};
	}
	/// For range-based for.
	[[nodiscard]] const_iterator end() const noexcept KCXX_LIFETIMEBOUND
	{
		return {elements_, mask_, end_};
	}

protected:
	RingBase() noexcept = default;

	/// Takes over the elements of `other`, which is empty then.
	RingBase(RingBase &&other) noexcept
	    : elements_{std::exchange(other.elements_, nullptr)},
	      capacity_{std::exchange(other.capacity_, 0)}, mask_{other.mask_},
	      first_{std::exchange(other.first_, 0)}, end_{std::exchange(other.end_, 0)}
	{
	}

	/// Gives up its own elements, and takes over those of `other`.
	RingBase &operator=(RingBase &&other) noexcept
	{
		// The old elements are destroyed last: one of them may own `other`.
		RingBase incoming{std::move(other)};
		std::swap(elements_, incoming.elements_);
		std::swap(capacity_, incoming.capacity_);
		std::swap(mask_, incoming.mask_);
		std::swap(first_, incoming.first_);
		std::swap(end_, incoming.end_);
		return *this;
	}

	~RingBase()
	{
		clear();
		// SAFETY: elements_ is null or memory that is given back once.
		bindings::kfree(elements_);
	}

	/// True if the next element needs more memory, or none is to be had.
	[[nodiscard]] bool has_no_room() const noexcept { return size() == capacity_; }

	/// Appends an element: there is room
	template <typename... Arguments>
	void construct_back(Arguments &&...arguments)
	{
		::new (static_cast<void *>(at(end_))) T(std::forward<Arguments>(arguments)...);
		++end_;
	}

	/// Puts an element first: there is room
	template <typename... Arguments>
	void construct_front(Arguments &&...arguments)
	{
		::new (static_cast<void *>(at(first_ - 1)))
			T(std::forward<Arguments>(arguments)...);
		--first_;
	}

	/// Makes the capacity `capacity`, a power of two that is enough for the elements. On
	/// failure nothing changes. Errors: ENOMEM; EOVERFLOW. Context: as `flags` allow.
	Result<> move_to_room_for(std::size_t capacity, Gfp flags)
	{
		move_to(KTRY(detail::room_for<T>(capacity, flags)), capacity);
		return {};
	}

	/// Makes the capacity `capacity`, and an element of `arguments` behind the last one or
	/// before the first one. Errors and context as above.
	template <bool at_end, typename... Arguments>
	[[gnu::noinline]] Result<> construct_in_room_for(std::size_t capacity, Gfp flags,
							 Arguments &&...arguments)
	{
		T *room = KTRY(detail::room_for<T>(capacity, flags));
		// The old elements have not moved yet: the arguments may refer to them.
		::new (static_cast<void *>(room + (at_end ? size() : capacity - 1)))
			T(std::forward<Arguments>(arguments)...);
		move_to(room, capacity);
		at_end ? ++end_ : --first_;
		return {};
	}

	/// The smallest power of two that is not below `capacity`; an error if there is none
	[[nodiscard]] static Result<std::size_t> power_of_two(std::size_t capacity)
	{
		std::size_t power = 1;
		while (power < capacity)
			if (__builtin_mul_overflow(power, 2, &power)) [[unlikely]]
				return EOVERFLOW;
		return power;
	}

private:
	[[nodiscard]] T *at(std::size_t position) const noexcept
	{
		return elements_ + (position & mask_);
	}

	/// Moves the elements to the beginning of `room`, and frees the old memory.
	void move_to(T *room, std::size_t capacity) noexcept
	{
		const std::size_t count = size();
		for (std::size_t i = 0; i < count; ++i)
			detail::relocate(room + i, at(first_ + i));
		// SAFETY: elements_ is null or kmalloc()'s; nothing lives in it now.
		bindings::kfree(elements_);
		elements_ = room;
		capacity_ = capacity;
		mask_ = capacity - 1;
		first_ = 0;
		end_ = count;
	}

	[[nodiscard]] std::size_t checked(std::size_t index) const
	{
		if (index >= size()) [[unlikely]]
			bug(Names::index);
		return index;
	}

	/// Takes the element at `position` out; the caller counts it no more
	[[nodiscard]] std::optional<T> taken(std::size_t position)
	{
		T *element = at(position);
		std::optional<T> value{std::move(*element)};
		element->~T();
		return value;
	}

	T *elements_ = nullptr;
	std::size_t capacity_ = 0;
	std::size_t mask_ = 0;  // the bits of a position that are an index
	std::size_t first_ = 0; // the position of the first element
	std::size_t end_ = 0;   // the position behind the last one
};

} // namespace kernel
