// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: write\(const File &, UserReader &, Offset &\) const
#include <kernel/miscdevice.hpp>

// The class would have no write(), without an error.
struct Sink {
	static kernel::Result<Sink> open(const kernel::File & /*file*/) { return Sink{}; }

#ifdef REFUSED
	kernel::Result<> write(const kernel::File & /*file*/, kernel::UserWriter &from,
			       kernel::Offset & /*position*/) const
	{
		return from.write(0);
	}
#else
	kernel::Result<> write(const kernel::File & /*file*/, kernel::UserReader &from,
			       kernel::Offset & /*position*/) const
	{
		return from.skip(from.size());
	}
#endif
};

kernel::Result<kernel::MiscDevice<Sink>> sink();
kernel::Result<kernel::MiscDevice<Sink>> sink()
{
	return kernel::MiscDevice<Sink>::make("sink", 0600);
}
