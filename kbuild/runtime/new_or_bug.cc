// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Plain operator new of modules that have the word KCXX_OUT_OF_MEMORY=BUG beside
/// KCXX_OPERATOR_NEW. Weak, as in delete.cc.

#include <cstddef>
#include <new>

#include <kernel/printk/printk.hpp>

#include <generated/kcxx-bindings.hpp>

#include "new.hpp"

using std::align_val_t;
using std::size_t;

namespace
{

void *new_or_bug(size_t size, size_t alignment, const void *caller)
{
	void *memory = kcxx_new(size, alignment);
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
