// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The memory of containers that hold their elements in an array. C API: <linux/slab.h>.

#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include <generated/bindings/containers/room.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>

namespace kernel::detail
{

/// Returns memory for `count` objects of T, in which none lives; kfree() takes it back.
/// Errors: ENOMEM; EOVERFLOW if the size in bytes does not fit. Context: as `flags` allow.
template <typename T>
[[nodiscard]] Result<T *> room_for(std::size_t count, Gfp flags)
{
	static_assert(alignof(T) <= KMALLOC_MINALIGN,
		      "kcxx-E1309: kmalloc() aligns to ARCH_KMALLOC_MINALIGN");
	static_assert(std::is_nothrow_move_constructible_v<T>,
		      "kcxx-E1314: an element of this container moves: its class needs a move "
		      "constructor that "
		      "is noexcept");
	std::size_t bytes = 0;
	if (__builtin_mul_overflow(count, sizeof(T), &bytes)) [[unlikely]]
		return EOVERFLOW;
	// SAFETY: any size and flags are allowed; null is handled.
	void *memory = bindings::kcxx_kmalloc(bytes, flags.bits());
	if (memory == nullptr) [[unlikely]]
		return ENOMEM;
	return static_cast<T *>(memory);
}

/// Moves the object at `from` to `to`, where none lives; then none lives at `from`.
template <typename T>
void relocate(T *to, T *from) noexcept
{
	::new (static_cast<void *>(to)) T(std::move(*from));
	from->~T();
}

/// Moves `count` objects to other memory.
template <typename T>
void relocate(T *to, T *from, std::size_t count) noexcept
{
	for (std::size_t i = 0; i < count; ++i)
		relocate(to + i, from + i);
}

} // namespace kernel::detail
