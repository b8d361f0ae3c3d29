// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: kmalloc\(\) aligns to ARCH_KMALLOC_MINALIGN
#include <kernel/prelude.hpp>

#ifdef REFUSED
struct alignas(4096) Line {
#else
struct Line {
#endif
	char bytes[100];
};

kernel::Result<> append(kernel::Vec<Line> &lines);
kernel::Result<> append(kernel::Vec<Line> &lines)
{
	return lines.emplace(kernel::GFP_KERNEL);
}
