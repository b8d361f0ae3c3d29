// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Integers that several CPUs change at a time. C API: <linux/atomic.h>.
///
/// The kernel's own operations under the kernel's memory model, which is not C++'s:
/// Documentation/atomic_t.txt. A function that returns the old value and has no order in its
/// name is ordered against everything before and after it. Functions that return nothing order
/// nothing, nor do read() and set(). Context: any.

#pragma once

#include <concepts>
#include <type_traits>

#include <generated/bindings/sync/atomic.hpp>

namespace kernel
{

/// atomic_t for an int or unsigned int, atomic64_t for a long, long long or unsigned ones
template <std::integral T>
	requires(sizeof(T) == sizeof(::atomic_t) || sizeof(T) == sizeof(::atomic64_t))
class Atomic
{
	static constexpr bool small = sizeof(T) == sizeof(::atomic_t);
	using Raw = std::conditional_t<small, ::atomic_t, ::atomic64_t>;
	using Number = std::conditional_t<small, int, long long>;

public:
	/// See Sync.
	static constexpr bool is_sync = true;

	constexpr Atomic() noexcept = default;
	/// Holds `value`.
	explicit constexpr Atomic(T value) noexcept : value_{static_cast<Number>(value)} {}

	Atomic(const Atomic &) = delete;
	Atomic &operator=(const Atomic &) = delete;
	~Atomic() = default;

	// SAFETY, of all: value_ lives as long as this object.

	/// The value: atomic_read().
	[[nodiscard]] T read() const noexcept
	{
		return static_cast<T>(pick<bindings::atomic_read, bindings::atomic64_read>(value_));
	}
	/// The value; what follows is ordered after the read: atomic_read_acquire().
	[[nodiscard]] T read_acquire() const noexcept
	{
		return static_cast<T>(
			pick<bindings::atomic_read_acquire, bindings::atomic64_read_acquire>(
				value_));
	}

	/// Sets the value: atomic_set().
	void set(T value) const noexcept
	{
		pick<bindings::atomic_set, bindings::atomic64_set>(value_, value);
	}
	/// Sets the value after all that came before: atomic_set_release().
	void set_release(T value) const noexcept
	{
		pick<bindings::atomic_set_release, bindings::atomic64_set_release>(value_, value);
	}

	/// Adds `by`: atomic_add().
	void add(T by) const noexcept
	{
		pick_last<bindings::atomic_add, bindings::atomic64_add>(by, value_);
	}
	/// Subtracts `by`: atomic_sub().
	void sub(T by) const noexcept
	{
		pick_last<bindings::atomic_sub, bindings::atomic64_sub>(by, value_);
	}
	/// Clears the bits that `bits` has not: atomic_and().
	void and_bits(T bits) const noexcept
	{
		pick_last<bindings::atomic_and, bindings::atomic64_and>(bits, value_);
	}
	/// Sets the bits of `bits`: atomic_or().
	void or_bits(T bits) const noexcept
	{
		pick_last<bindings::atomic_or, bindings::atomic64_or>(bits, value_);
	}

	// The functions below return the value from before the change

	/// Adds `by`: atomic_fetch_add().
	T fetch_add(T by) const noexcept
	{
		return static_cast<T>(
			pick_last<bindings::atomic_fetch_add, bindings::atomic64_fetch_add>(
				by, value_));
	}
	/// Adds `by`, without order: atomic_fetch_add_relaxed().
	T fetch_add_relaxed(T by) const noexcept
	{
		return static_cast<T>(pick_last<bindings::atomic_fetch_add_relaxed,
						bindings::atomic64_fetch_add_relaxed>(by, value_));
	}
	/// Adds `by`, before what follows: atomic_fetch_add_acquire().
	T fetch_add_acquire(T by) const noexcept
	{
		return static_cast<T>(pick_last<bindings::atomic_fetch_add_acquire,
						bindings::atomic64_fetch_add_acquire>(by, value_));
	}
	/// Adds `by`, after what came before: atomic_fetch_add_release().
	T fetch_add_release(T by) const noexcept
	{
		return static_cast<T>(pick_last<bindings::atomic_fetch_add_release,
						bindings::atomic64_fetch_add_release>(by, value_));
	}

	/// Subtracts `by`: atomic_fetch_sub().
	T fetch_sub(T by) const noexcept
	{
		return static_cast<T>(
			pick_last<bindings::atomic_fetch_sub, bindings::atomic64_fetch_sub>(
				by, value_));
	}
	/// Subtracts `by`, without order: atomic_fetch_sub_relaxed().
	T fetch_sub_relaxed(T by) const noexcept
	{
		return static_cast<T>(pick_last<bindings::atomic_fetch_sub_relaxed,
						bindings::atomic64_fetch_sub_relaxed>(by, value_));
	}
	/// Subtracts `by`, before what follows: atomic_fetch_sub_acquire().
	T fetch_sub_acquire(T by) const noexcept
	{
		return static_cast<T>(pick_last<bindings::atomic_fetch_sub_acquire,
						bindings::atomic64_fetch_sub_acquire>(by, value_));
	}
	/// Subtracts `by`, after what came before: atomic_fetch_sub_release().
	T fetch_sub_release(T by) const noexcept
	{
		return static_cast<T>(pick_last<bindings::atomic_fetch_sub_release,
						bindings::atomic64_fetch_sub_release>(by, value_));
	}

	/// Clears the bits that `bits` has not: atomic_fetch_and().
	T fetch_and(T bits) const noexcept
	{
		return static_cast<T>(
			pick_last<bindings::atomic_fetch_and, bindings::atomic64_fetch_and>(
				bits, value_));
	}
	/// Clears the bits that `bits` has not, without order: atomic_fetch_and_relaxed().
	T fetch_and_relaxed(T bits) const noexcept
	{
		return static_cast<T>(
			pick_last<bindings::atomic_fetch_and_relaxed,
				  bindings::atomic64_fetch_and_relaxed>(bits, value_));
	}
	/// Clears the bits that `bits` has not, before what follows: atomic_fetch_and_acquire().
	T fetch_and_acquire(T bits) const noexcept
	{
		return static_cast<T>(
			pick_last<bindings::atomic_fetch_and_acquire,
				  bindings::atomic64_fetch_and_acquire>(bits, value_));
	}
	/// Clears the bits that `bits` has not, after what came before: atomic_fetch_and_release().
	T fetch_and_release(T bits) const noexcept
	{
		return static_cast<T>(
			pick_last<bindings::atomic_fetch_and_release,
				  bindings::atomic64_fetch_and_release>(bits, value_));
	}

	/// Sets the bits of `bits`: atomic_fetch_or().
	T fetch_or(T bits) const noexcept
	{
		return static_cast<T>(
			pick_last<bindings::atomic_fetch_or, bindings::atomic64_fetch_or>(bits,
											  value_));
	}
	/// Sets the bits of `bits`, without order: atomic_fetch_or_relaxed().
	T fetch_or_relaxed(T bits) const noexcept
	{
		return static_cast<T>(pick_last<bindings::atomic_fetch_or_relaxed,
						bindings::atomic64_fetch_or_relaxed>(bits, value_));
	}
	/// Sets the bits of `bits`, before what follows: atomic_fetch_or_acquire().
	T fetch_or_acquire(T bits) const noexcept
	{
		return static_cast<T>(pick_last<bindings::atomic_fetch_or_acquire,
						bindings::atomic64_fetch_or_acquire>(bits, value_));
	}
	/// Sets the bits of `bits`, after what came before: atomic_fetch_or_release().
	T fetch_or_release(T bits) const noexcept
	{
		return static_cast<T>(pick_last<bindings::atomic_fetch_or_release,
						bindings::atomic64_fetch_or_release>(bits, value_));
	}

	/// Sets the value: atomic_xchg().
	T exchange(T value) const noexcept
	{
		return static_cast<T>(
			pick<bindings::atomic_xchg, bindings::atomic64_xchg>(value_, value));
	}
	/// Sets the value, without order: atomic_xchg_relaxed().
	T exchange_relaxed(T value) const noexcept
	{
		return static_cast<T>(
			pick<bindings::atomic_xchg_relaxed, bindings::atomic64_xchg_relaxed>(
				value_, value));
	}
	/// Sets the value, before what follows: atomic_xchg_acquire().
	T exchange_acquire(T value) const noexcept
	{
		return static_cast<T>(
			pick<bindings::atomic_xchg_acquire, bindings::atomic64_xchg_acquire>(
				value_, value));
	}
	/// Sets the value, after what came before: atomic_xchg_release().
	T exchange_release(T value) const noexcept
	{
		return static_cast<T>(
			pick<bindings::atomic_xchg_release, bindings::atomic64_xchg_release>(
				value_, value));
	}

	/// Returns the old value; if that was `expected`, the value is `desired` now. A failure
	/// orders nothing.
	[[nodiscard]] T cmpxchg(T expected, T desired) const noexcept
	{
		return static_cast<T>(pick<bindings::atomic_cmpxchg, bindings::atomic64_cmpxchg>(
			value_, expected, desired));
	}
	/// The same, without order: atomic_cmpxchg_relaxed().
	[[nodiscard]] T cmpxchg_relaxed(T expected, T desired) const noexcept
	{
		return static_cast<T>(
			pick<bindings::atomic_cmpxchg_relaxed, bindings::atomic64_cmpxchg_relaxed>(
				value_, expected, desired));
	}
	/// The same, before what follows: atomic_cmpxchg_acquire().
	[[nodiscard]] T cmpxchg_acquire(T expected, T desired) const noexcept
	{
		return static_cast<T>(
			pick<bindings::atomic_cmpxchg_acquire, bindings::atomic64_cmpxchg_acquire>(
				value_, expected, desired));
	}
	/// The same, after what came before: atomic_cmpxchg_release().
	[[nodiscard]] T cmpxchg_release(T expected, T desired) const noexcept
	{
		return static_cast<T>(
			pick<bindings::atomic_cmpxchg_release, bindings::atomic64_cmpxchg_release>(
				value_, expected, desired));
	}

private:
	/// Calls one of two functions of C, by size: those that take the atomic first
	template <auto Function, auto Function64, typename Atom, typename... Values>
	static auto pick(Atom &atom, Values... values) noexcept
	{
		if constexpr (small)
			return Function(&atom, static_cast<Number>(values)...);
		else
			return Function64(&atom, static_cast<Number>(values)...);
	}

	/// Calls functions that take the atomic last
	template <auto Function, auto Function64>
	static auto pick_last(T value, Raw &atom) noexcept
	{
		if constexpr (small)
			return Function(static_cast<Number>(value), &atom);
		else
			return Function64(static_cast<Number>(value), &atom);
	}

	mutable Raw value_{};
};

} // namespace kernel
