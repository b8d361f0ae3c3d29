// SPDX-License-Identifier: GPL-2.0-only OR MIT
//
// The functions compilers and libstdc++ call by themselves. Each is the end of
// a program error: it says which, and BUG()s.

#include <cstddef>
#include <new>

#include <kernel/bug.hpp>

// A call of a pure virtual function, from a constructor or destructor
extern "C" [[noreturn]] void __cxa_pure_virtual();
extern "C" [[noreturn]] void __cxa_pure_virtual()
{
	kernel::bug("pure virtual function called");
}

// A call of a deleted virtual function
extern "C" [[noreturn]] void __cxa_deleted_virtual();
extern "C" [[noreturn]] void __cxa_deleted_virtual()
{
	kernel::bug("deleted virtual function called");
}

// libstdc++, where it would throw or where one of its assertions fails; see
// include/freestanding/bits/c++config.h
extern "C" void kcxx_abort()
{
	kernel::bug("std: precondition violated, or a value asked for that is not there");
}

// A virtual destructor has a deleting form that calls these, and nothing calls
// it: memory in the kernel belongs to a Box, which frees it by kfree().
void operator delete(void * /*memory*/) noexcept
{
	kernel::bug("operator delete called; memory belongs in a kernel::Box");
}

void operator delete(void * /*memory*/, std::size_t /*size*/) noexcept
{
	kernel::bug("operator delete called; memory belongs in a kernel::Box");
}

void operator delete(void * /*memory*/, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept
{
	kernel::bug("operator delete called; memory belongs in a kernel::Box");
}
