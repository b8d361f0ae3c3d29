// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <new>

#include <kernel/bug.hpp>
#include <kernel/memory/slab.hpp>

#include "new.hpp"

#ifndef __clang__
#pragma GCC diagnostic ignored "-Wsized-deallocation" // the two forms are in two files
#endif

// The deleting form of a virtual destructor calls it. Where a module has no operator new, nothing
// calls that form: memory belongs to a Box or a Vec, which give it back to kfree().
void operator delete(void *memory) noexcept
{
	if (kcxx_new_flags == 0) [[unlikely]]
		kernel::bug("operator delete called: memory belongs in a kernel::Box");
	// SAFETY: null, or memory of kmalloc() that is given back once.
	kernel::bindings::kfree(memory);
}
