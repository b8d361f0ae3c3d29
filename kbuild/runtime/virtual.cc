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
