// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: write\(const File &, UserReader &, Offset &\) const: const, for several tasks
#include <kernel/atomic.hpp>
#include <kernel/file_system.hpp>

// All who have the file open would count at once.
class Counter
{
public:
#ifdef REFUSED
	kernel::Result<> write(const kernel::File & /*file*/, kernel::UserReader &from,
			       kernel::Offset & /*position*/)
	{
		written_ += from.size();
		return from.skip(from.size());
	}

private:
	unsigned long written_ = 0;
#else
	kernel::Result<> write(const kernel::File & /*file*/, kernel::UserReader &from,
			       kernel::Offset & /*position*/) const
	{
		written_.add(from.size());
		return from.skip(from.size());
	}

private:
	mutable kernel::Atomic<unsigned long> written_{0};
#endif
};

kernel::Result<> counter(kernel::Directory &root);
kernel::Result<> counter(kernel::Directory &root)
{
	return root.create("counter", 0200, KTRY(kernel::Arc<Counter>::make(kernel::GFP_KERNEL)));
}
