// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// operator delete. The deleting form of a virtual destructor calls it. Where a module has no
/// operator new, nothing calls that form: memory belongs to a Box or a Vec, which give it back to
/// kfree(). Weak, because a module with KCXX_OPERATOR_NEW=own may define some of them.

#include <cstddef>
#include <new>

#include <kernel/bug.hpp>
#include <kernel/memory/slab.hpp>

#include <generated/kcxx-bindings.hpp>

#include "new.hpp"

using std::align_val_t;
using std::size_t;

// A module that has the word KCXX_OPERATOR_NEW brings its own. An alias, because compilers take the
// value of a constant that they see, weak or not.
extern "C" [[gnu::used]] constinit const unsigned int kcxx_no_new_flags = 0;
extern "C" [[gnu::weak, gnu::alias("kcxx_no_new_flags")]] const unsigned int kcxx_new_flags;

namespace
{

void give_back(void *memory)
{
	if (kcxx_new_flags == 0) [[unlikely]]
		kernel::bug("operator delete called: memory belongs in a kernel::Box");
	// SAFETY: null, or memory of kmalloc() that is given back once.
	kernel::bindings::kfree(memory);
}

} // namespace

[[gnu::weak]] void operator delete(void *memory) noexcept
{
	give_back(memory);
}

// Classes that are aligned to more than kmalloc() promises
[[gnu::weak]] void operator delete(void *memory, align_val_t /*alignment*/) noexcept
{
	give_back(memory);
}

// The forms that the C++ standard defines by another form: the size and [] make no difference

[[gnu::weak]] void operator delete(void *memory, size_t /*size*/) noexcept
{
	::operator delete(memory);
}

[[gnu::weak]] void operator delete[](void *memory) noexcept
{
	::operator delete(memory);
}

[[gnu::weak]] void operator delete[](void *memory, size_t /*size*/) noexcept
{
	::operator delete(memory);
}

[[gnu::weak]] void operator delete(void *memory, size_t /*size*/, align_val_t alignment) noexcept
{
	::operator delete(memory, alignment);
}

[[gnu::weak]] void operator delete[](void *memory, align_val_t alignment) noexcept
{
	::operator delete(memory, alignment);
}

[[gnu::weak]] void operator delete[](void *memory, size_t /*size*/, align_val_t alignment) noexcept
{
	::operator delete(memory, alignment);
}
