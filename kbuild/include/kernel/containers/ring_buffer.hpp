// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A queue with a fixed capacity. C API: <linux/slab.h>; it serves as <linux/kfifo.h> does.

#pragma once

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

#include <kernel/bug.hpp>
#include <kernel/containers/ring_base.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>

namespace kernel
{

namespace detail
{

struct RingBufferNames {
	static constexpr const char *index = "RingBuffer: index out of bounds";
};

} // namespace detail

/// A queue in one piece of memory, which is allocated once: an interrupt's function can push
/// to it. The caller decides what becomes of an element for which there is no room. Moves, does
/// not copy; a moved-from RingBuffer is empty and has no room.
///
///     auto samples = KTRY(RingBuffer<int>::with_capacity(100, GFP_KERNEL));
///     KTRY(samples.push_back(72));           // ENOSPC if it is full
///     (void)samples.force_push_back(73);     // the oldest sample goes if it is full
///     while (auto sample = samples.pop_front())
///             pr_info("%d\n", *sample);
///
/// Context: any; a RingBuffer locks nothing: use SpinLock<RingBuffer<int>>. Functions that
/// destroy elements: as the destructors.
template <typename T>
class [[nodiscard]] RingBuffer : public RingBase<T, detail::RingBufferNames>
{
	using Base = RingBase<T, detail::RingBufferNames>;

public:
	/// Makes one without room; allocates nothing
	RingBuffer() noexcept = default;

	/// Makes an empty one with room for `capacity` elements at least: capacity() is the next
	/// power of two, as that of a kfifo.
	///
	/// Errors: ENOMEM; EOVERFLOW if the size in bytes does not fit.
	/// Context: as `flags` allow; GFP_KERNEL may sleep.
	[[nodiscard]] static Result<RingBuffer> with_capacity(std::size_t capacity, Gfp flags)
	{
		RingBuffer buffer;
		const std::size_t power = KTRY(Base::power_of_two(capacity));
		KTRY(buffer.move_to_room_for(power, flags));
		return buffer;
	}

	/// True if there is no room for a further element.
	[[nodiscard]] bool full() const noexcept { return this->has_no_room(); }

	/// Appends `value`. Errors: ENOSPC if it is full; then the value is not moved from.
	Result<> push_back(T &&value) { return emplace_back(std::move(value)); }
	/// Appends a copy of `value`. Errors: ENOSPC if it is full.
	Result<> push_back(const T &value) { return emplace_back(value); }

	/// Appends an element made from `arguments`. Errors: ENOSPC if it is full; then none is
	/// made.
	template <typename... Arguments>
	Result<> emplace_back(Arguments &&...arguments)
	{
		if (full()) [[unlikely]]
			return ENOSPC;
		this->construct_back(std::forward<Arguments>(arguments)...);
		return {};
	}

	/// Appends `value`, and makes room if it is full: takes the first element out. BUG()s if
	/// capacity() is 0.
	/// \return the element that was taken out
	template <typename Value = T>
		requires std::is_constructible_v<T, Value &&>
	std::optional<T> force_push_back(Value &&value)
	{
		if (this->capacity() == 0) [[unlikely]]
			bug("RingBuffer: force_push_back() where there is no room");
		// The value is made first: it may be the element that goes.
		T incoming(std::forward<Value>(value));
		std::optional<T> dropped;
		if (full())
			dropped = this->pop_front();
		this->construct_back(std::move(incoming));
		return dropped;
	}
};

} // namespace kernel
