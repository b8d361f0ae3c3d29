// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The forms of operator delete that the C++ standard defines by another form: the size and [] make
/// no difference. Weak, because a module with KCXX_OPERATOR_NEW=own may define some of them.

#include <cstddef>
#include <new>

#ifndef __clang__
#pragma GCC diagnostic ignored "-Wsized-deallocation" // the two forms are in two files
#endif

using std::align_val_t;
using std::size_t;

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
