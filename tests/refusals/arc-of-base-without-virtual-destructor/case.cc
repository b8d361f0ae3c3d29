// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: could not convert|no viable conversion|conversion from .* to non-scalar type
#include <utility>

#include <kernel/prelude.hpp>

struct Base {
#ifndef REFUSED
	virtual ~Base() = default;
#endif
	int number = 1;
};
struct Derived : Base {
	kernel::Vec<int> more;
};

kernel::Arc<Base> as_base(kernel::Arc<Derived> derived);
kernel::Arc<Base> as_base(kernel::Arc<Derived> derived)
{
	kernel::Arc<Base> base = std::move(derived);
	return base;
}
