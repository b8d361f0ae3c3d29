// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: what an Arc shares is bound to where it was made: give it an owner
// errors: 1

// Another task has other user space.

#include <optional>
#include <utility>

#include <kernel/prelude.hpp>
#include <kernel/uaccess.hpp>

kernel::Result<> keep(kernel::UserReader from);
kernel::Result<> keep(kernel::UserReader from)
{
#ifdef REFUSED
	using Kept = std::optional<kernel::UserReader>;
	const auto kept = KTRY(kernel::Arc<Kept>::make(kernel::GFP_KERNEL, std::move(from)));
#else
	const auto kept = KTRY(from.read_all(16, kernel::GFP_KERNEL));
#endif
	return {};
}
