// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// operator new (std::nothrow) of modules that have the word KCXX_OPERATOR_NEW. Weak, as in
/// delete.cc.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <new>

#include <kernel/memory/slab.hpp>

#include <generated/kcxx-bindings.hpp>

#include "new.hpp"

using std::align_val_t;
using std::nothrow_t;
using std::size_t;

// The argument of new (std::nothrow)
[[gnu::weak]] extern const nothrow_t std::nothrow{};

void *kcxx_new(size_t size, size_t alignment) noexcept
{
	size = std::max(size, alignment); // objects of no size have an address each
	// For an array that is too large to count, compilers ask for SIZE_MAX.
	if (size > KCXX_KMALLOC_MAX_SIZE)
		return nullptr;
	// kmalloc() aligns sizes that are a power of two to that size.
	if (alignment > kernel::KMALLOC_MINALIGN)
		size = std::bit_ceil(size);
	// SAFETY: the size is allowed, and the flags are those that the module chose.
	return kernel::bindings::kcxx_kmalloc(size, kcxx_new_flags);
}

[[gnu::weak]] void *operator new(size_t size, const nothrow_t & /*nothrow*/) noexcept
{
	return kcxx_new(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}

[[gnu::weak]] void *operator new[](size_t size, const nothrow_t & /*nothrow*/) noexcept
{
	return kcxx_new(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}

[[gnu::weak]] void *operator new(size_t size, align_val_t alignment,
				 const nothrow_t & /*nothrow*/) noexcept
{
	return kcxx_new(size, static_cast<size_t>(alignment));
}

[[gnu::weak]] void *operator new[](size_t size, align_val_t alignment,
				   const nothrow_t & /*nothrow*/) noexcept
{
	return kcxx_new(size, static_cast<size_t>(alignment));
}
