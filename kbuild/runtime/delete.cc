// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstddef>
#include <new>

#include <kernel/bug.hpp>

// The deleting form of a virtual destructor calls these, and nothing calls that form: memory in
// the kernel belongs to a Box or a Vec, which give it back to kfree().

void operator delete(void * /*memory*/) noexcept
{
	kernel::bug("operator delete called: memory belongs in a kernel::Box");
}

void operator delete(void * /*memory*/, std::size_t /*size*/) noexcept
{
	kernel::bug("operator delete called: memory belongs in a kernel::Box");
}

void operator delete(void * /*memory*/, std::size_t /*size*/, std::align_val_t /*align*/) noexcept
{
	kernel::bug("operator delete called: memory belongs in a kernel::Box");
}
