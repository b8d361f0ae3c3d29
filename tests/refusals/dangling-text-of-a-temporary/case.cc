// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: temporary whose address is used as value of local variable .* will be destroyed|object backing the pointer will be destroyed
#include <kernel/prelude.hpp>

kernel::Result<> print();
kernel::Result<> print()
{
#ifdef REFUSED
	const char *text = KTRY(kernel::String::from("a pump", kernel::GFP_KERNEL)).c_str();
	pr_info("%s\n", text);
#else
	const kernel::String text = KTRY(kernel::String::from("a pump", kernel::GFP_KERNEL));
	pr_info("%s\n", text.c_str());
#endif
	return {};
}
