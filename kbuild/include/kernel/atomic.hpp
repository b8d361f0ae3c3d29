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

#include <generated/kcxx-bindings.hpp>

// The 64-bit functions take a long long, the kernel's s64

namespace kernel
{

/// atomic_t for an int or unsigned int, atomic64_t for a long, long long or unsigned ones
template <std::integral T>
	requires(sizeof(T) == sizeof(::atomic_t) || sizeof(T) == sizeof(::atomic64_t))
class Atomic
{
	static constexpr bool small = sizeof(T) == sizeof(::atomic_t);

public:
	constexpr Atomic() noexcept = default;
	explicit constexpr Atomic(T value) noexcept : value_{value} {}

	Atomic(const Atomic &) = delete;
	Atomic &operator=(const Atomic &) = delete;
	~Atomic() = default;

	// SAFETY, of all: value_ has the size and the alignment of atomic_t or atomic64_t.

	[[nodiscard]] T read() const noexcept
	{
		return static_cast<T>(pick<kcxx_atomic_read, kcxx_atomic64_read>(&value_));
	}
	[[nodiscard]] T read_acquire() const noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_read_acquire, kcxx_atomic64_read_acquire>(&value_));
	}

	void set(T value) noexcept { pick<kcxx_atomic_set, kcxx_atomic64_set>(&value_, value); }
	void set_release(T value) noexcept
	{
		pick<kcxx_atomic_set_release, kcxx_atomic64_set_release>(&value_, value);
	}

	void add(T by) noexcept { pick<kcxx_atomic_add, kcxx_atomic64_add>(&value_, by); }
	void sub(T by) noexcept
	{
		pick<kcxx_atomic_add, kcxx_atomic64_add>(&value_, static_cast<T>(T{} - by));
	}
	void and_bits(T bits) noexcept { pick<kcxx_atomic_and, kcxx_atomic64_and>(&value_, bits); }
	void or_bits(T bits) noexcept { pick<kcxx_atomic_or, kcxx_atomic64_or>(&value_, bits); }

	// The functions below return the value from before the change

	T fetch_add(T by) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_add, kcxx_atomic64_fetch_add>(&value_, by));
	}
	T fetch_add_relaxed(T by) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_add_relaxed, kcxx_atomic64_fetch_add_relaxed>(
				&value_, by));
	}
	T fetch_add_acquire(T by) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_add_acquire, kcxx_atomic64_fetch_add_acquire>(
				&value_, by));
	}
	T fetch_add_release(T by) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_add_release, kcxx_atomic64_fetch_add_release>(
				&value_, by));
	}

	T fetch_sub(T by) noexcept
	{
		return static_cast<T>(pick<kcxx_atomic_fetch_add, kcxx_atomic64_fetch_add>(
			&value_, static_cast<T>(T{} - by)));
	}
	T fetch_sub_relaxed(T by) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_add_relaxed, kcxx_atomic64_fetch_add_relaxed>(
				&value_, static_cast<T>(T{} - by)));
	}
	T fetch_sub_acquire(T by) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_add_acquire, kcxx_atomic64_fetch_add_acquire>(
				&value_, static_cast<T>(T{} - by)));
	}
	T fetch_sub_release(T by) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_add_release, kcxx_atomic64_fetch_add_release>(
				&value_, static_cast<T>(T{} - by)));
	}

	T fetch_and(T bits) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_and, kcxx_atomic64_fetch_and>(&value_, bits));
	}
	T fetch_and_relaxed(T bits) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_and_relaxed, kcxx_atomic64_fetch_and_relaxed>(
				&value_, bits));
	}
	T fetch_and_acquire(T bits) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_and_acquire, kcxx_atomic64_fetch_and_acquire>(
				&value_, bits));
	}
	T fetch_and_release(T bits) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_and_release, kcxx_atomic64_fetch_and_release>(
				&value_, bits));
	}

	T fetch_or(T bits) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_or, kcxx_atomic64_fetch_or>(&value_, bits));
	}
	T fetch_or_relaxed(T bits) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_or_relaxed, kcxx_atomic64_fetch_or_relaxed>(&value_,
											   bits));
	}
	T fetch_or_acquire(T bits) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_or_acquire, kcxx_atomic64_fetch_or_acquire>(&value_,
											   bits));
	}
	T fetch_or_release(T bits) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_fetch_or_release, kcxx_atomic64_fetch_or_release>(&value_,
											   bits));
	}

	T exchange(T value) noexcept
	{
		return static_cast<T>(pick<kcxx_atomic_xchg, kcxx_atomic64_xchg>(&value_, value));
	}
	T exchange_relaxed(T value) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_xchg_relaxed, kcxx_atomic64_xchg_relaxed>(&value_, value));
	}
	T exchange_acquire(T value) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_xchg_acquire, kcxx_atomic64_xchg_acquire>(&value_, value));
	}
	T exchange_release(T value) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_xchg_release, kcxx_atomic64_xchg_release>(&value_, value));
	}

	/// Returns the old value; if that was `expected`, the value is `desired` now. A failure
	/// orders nothing.
	[[nodiscard]] T cmpxchg(T expected, T desired) noexcept
	{
		return static_cast<T>(pick<kcxx_atomic_cmpxchg, kcxx_atomic64_cmpxchg>(
			&value_, expected, desired));
	}
	[[nodiscard]] T cmpxchg_relaxed(T expected, T desired) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_cmpxchg_relaxed, kcxx_atomic64_cmpxchg_relaxed>(
				&value_, expected, desired));
	}
	[[nodiscard]] T cmpxchg_acquire(T expected, T desired) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_cmpxchg_acquire, kcxx_atomic64_cmpxchg_acquire>(
				&value_, expected, desired));
	}
	[[nodiscard]] T cmpxchg_release(T expected, T desired) noexcept
	{
		return static_cast<T>(
			pick<kcxx_atomic_cmpxchg_release, kcxx_atomic64_cmpxchg_release>(
				&value_, expected, desired));
	}

private:
	/// Calls one of two helpers, by size
	template <auto Helper, auto Helper64, typename Value, typename... Values>
	static auto pick(Value *value, Values... values) noexcept
	{
		if constexpr (small)
			return Helper(value, static_cast<int>(values)...);
		else
			return Helper64(value, static_cast<long long>(values)...);
	}

	alignas(small ? alignof(int) : alignof(::atomic64_t)) T value_{};
};

} // namespace kernel
