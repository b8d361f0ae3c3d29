// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// operator new of modules that have the word KCXX_OPERATOR_NEW; the plain forms are for
/// KCXX_OUT_OF_MEMORY=BUG beside it. Weak, as in delete.cc.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <new>

#include <kernel/memory/slab.hpp>
#include <kernel/printk/printk.hpp>

#include "new.hpp"

using std::align_val_t;
using std::nothrow_t;
using std::size_t;

// The argument of new (std::nothrow)
[[gnu::weak]] extern const nothrow_t std::nothrow{};

namespace
{

/// Returns memory by kmalloc() with the module's flags, or null.
void *new_or_null(size_t size, size_t alignment)
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

void *new_or_bug(size_t size, size_t alignment, const void *caller)
{
	void *memory = new_or_null(size, alignment);
	if (memory == nullptr) [[unlikely]] {
		// SAFETY: %pS takes any address.
		kernel::bindings::_printk(KERN_EMERG
					  "kcxx: %pS: operator new: no memory for %zu bytes\n",
					  caller, size);
		kernel::bindings::kcxx_BUG();
	}
	return memory;
}

} // namespace

[[gnu::weak]] void *operator new(size_t size, const nothrow_t & /*nothrow*/) noexcept
{
	return new_or_null(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}

[[gnu::weak]] void *operator new[](size_t size, const nothrow_t & /*nothrow*/) noexcept
{
	return new_or_null(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}

[[gnu::weak]] void *operator new(size_t size, align_val_t alignment,
				 const nothrow_t & /*nothrow*/) noexcept
{
	return new_or_null(size, static_cast<size_t>(alignment));
}

[[gnu::weak]] void *operator new[](size_t size, align_val_t alignment,
				   const nothrow_t & /*nothrow*/) noexcept
{
	return new_or_null(size, static_cast<size_t>(alignment));
}

[[gnu::weak]] void *operator new(size_t size)
{
	return new_or_bug(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__, __builtin_return_address(0));
}

[[gnu::weak]] void *operator new[](size_t size)
{
	return new_or_bug(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__, __builtin_return_address(0));
}

[[gnu::weak]] void *operator new(size_t size, align_val_t alignment)
{
	return new_or_bug(size, static_cast<size_t>(alignment), __builtin_return_address(0));
}

[[gnu::weak]] void *operator new[](size_t size, align_val_t alignment)
{
	return new_or_bug(size, static_cast<size_t>(alignment), __builtin_return_address(0));
}
