// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <kernel/bug.hpp>

// Compilers put these into the vtable slots of functions that have no body.

extern "C" [[noreturn]] void __cxa_pure_virtual();
extern "C" [[noreturn]] void __cxa_pure_virtual()
{
	kernel::bug("pure virtual function called");
}

extern "C" [[noreturn]] void __cxa_deleted_virtual();
extern "C" [[noreturn]] void __cxa_deleted_virtual()
{
	kernel::bug("deleted virtual function called");
}

// With KCSAN, compilers announce each write of a vtable pointer and each read of one in a
// destructor: ThreadSanitizer's way to find virtual calls that race with a destructor. The
// kernel, being C, has no such functions. The write itself is announced like any other. GCC 14
// knows their types.

extern "C" void __tsan_vptr_update(void *vptr, void *value);
extern "C" void __tsan_vptr_update(void * /*vptr*/, void * /*value*/) {}

extern "C" void __tsan_vptr_read(void *vptr);
extern "C" void __tsan_vptr_read(void * /*vptr*/) {}
