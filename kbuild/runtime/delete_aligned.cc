// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <new>

#include <kernel/bug.hpp>
#include <kernel/memory/slab.hpp>

#include "new.hpp"

// As delete.cc, for classes that are aligned to more than kmalloc() promises
void operator delete(void *memory, std::align_val_t /*alignment*/) noexcept
{
	if (kcxx_new_flags == 0) [[unlikely]]
		kernel::bug("operator delete called: memory belongs in a kernel::Box");
	// SAFETY: null, or memory of kmalloc() that is given back once.
	kernel::bindings::kfree(memory);
}
