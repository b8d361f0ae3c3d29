// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A queue that grows, with two ends. C API: <linux/slab.h>.

#pragma once

#include <cstddef>
#include <utility>

#include <kernel/containers/clone.hpp>
#include <kernel/containers/ring_base.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>

namespace kernel
{

namespace detail
{

struct DequeNames {
	static constexpr const char *index = "Deque: index out of bounds";
};

} // namespace detail

/// A queue that takes and gives elements at both ends in constant time, in one piece of memory
/// that grows. Functions that may allocate take GFP flags and return a Result; on failure the
/// Deque is unchanged. Moves, does not copy; a moved-from Deque is empty.
///
///     Deque<Request> queue;
///     KTRY(queue.push_back(Request{7}, GFP_KERNEL));
///     while (auto request = queue.pop_front())
///             serve(*request);
///
/// Elements move when the Deque grows: iterators and references end then, unlike those of
/// std::deque. It locks nothing: use Mutex<Deque<Request>>.
template <typename T>
class [[nodiscard]] Deque : public RingBase<T, detail::DequeNames>
{
	using Base = RingBase<T, detail::DequeNames>;

public:
	/// Makes an empty one; allocates nothing
	Deque() noexcept = default;

	/// Makes an empty one, with room for `capacity` elements. Errors and context as
	/// reserve().
	[[nodiscard]] static Result<Deque> with_capacity(std::size_t capacity, Gfp flags)
	{
		Deque deque;
		KTRY(deque.reserve(capacity, flags));
		return deque;
	}

	/// Makes room for at least `capacity` elements in all. On failure the elements are
	/// unchanged.
	///
	/// Errors: ENOMEM; EOVERFLOW if the size in bytes does not fit.
	/// Context: as `flags` allow; GFP_KERNEL may sleep.
	Result<> reserve(std::size_t capacity, Gfp flags)
	{
		if (capacity <= this->capacity())
			return {};
		return this->move_to_room_for(KTRY(Base::power_of_two(capacity)), flags);
	}

	/// Appends `value`; on failure the Deque is unchanged and the value not moved from.
	/// Errors and context as reserve().
	Result<> push_back(T &&value, Gfp flags) { return emplace_back(flags, std::move(value)); }
	/// Appends a copy of `value`. Errors, context: as above.
	Result<> push_back(const T &value, Gfp flags) { return emplace_back(flags, value); }

	/// Puts `value` first; on failure the Deque is unchanged and the value not moved from.
	/// Errors and context as reserve().
	Result<> push_front(T &&value, Gfp flags) { return emplace_front(flags, std::move(value)); }
	/// Puts a copy of `value` first. Errors, context: as above.
	Result<> push_front(const T &value, Gfp flags) { return emplace_front(flags, value); }

	/// Appends an element made from `arguments`. Errors and context as reserve().
	template <typename... Arguments>
	Result<> emplace_back(Gfp flags, Arguments &&...arguments)
	{
		if (this->has_no_room()) [[unlikely]]
			return this->template construct_in_room_for<true>(
				larger(), flags, std::forward<Arguments>(arguments)...);
		this->construct_back(std::forward<Arguments>(arguments)...);
		return {};
	}

	/// Puts an element made from `arguments` first. Errors and context as reserve().
	template <typename... Arguments>
	Result<> emplace_front(Gfp flags, Arguments &&...arguments)
	{
		if (this->has_no_room()) [[unlikely]]
			return this->template construct_in_room_for<false>(
				larger(), flags, std::forward<Arguments>(arguments)...);
		this->construct_front(std::forward<Arguments>(arguments)...);
		return {};
	}

	/// Copies the Deque: each element by its copy constructor, or by its try_clone(Gfp) if it
	/// has one. Errors: as reserve(), and the elements'. Context: as `flags` allow.
	[[nodiscard]] Result<Deque> try_clone(Gfp flags) const
	{
		Deque copy = KTRY(with_capacity(this->size(), flags));
		for (const T &element : *this)
			copy.construct_back(KTRY(detail::clone_of(element, flags)));
		return copy;
	}

private:
	/// The capacity after the next growth
	[[nodiscard]] std::size_t larger() const noexcept
	{
		constexpr std::size_t first_capacity = sizeof(T) <= 16 ? 4 : 1;
		return this->capacity() != 0 ? 2 * this->capacity() : first_capacity;
	}
};

} // namespace kernel
