// SPDX-License-Identifier: GPL-2.0-only OR MIT

// With KCSAN, compilers announce each write of a vtable pointer and each read of one in a
// destructor: ThreadSanitizer's way to find virtual calls that race with a destructor. The
// kernel, being C, has no such functions. The write itself is announced like any other.

extern "C" void __tsan_vptr_update(void **vptr, void *value);
extern "C" void __tsan_vptr_update(void ** /*vptr*/, void * /*value*/) {}

extern "C" void __tsan_vptr_read(void **vptr);
extern "C" void __tsan_vptr_read(void ** /*vptr*/) {}
