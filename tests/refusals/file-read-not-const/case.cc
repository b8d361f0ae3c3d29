// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: read\(const File &, UserWriter &, Offset &\) const: const, for several tasks
#include <kernel/miscdevice.hpp>
#include <kernel/mutex.hpp>

// Two threads with one descriptor would count at once.
class Counter
{
public:
	static kernel::Result<Counter> open(const kernel::File & /*file*/)
	{
		return kernel::Result<Counter>{std::in_place};
	}

#ifdef REFUSED
	kernel::Result<> read(const kernel::File & /*file*/, kernel::UserWriter &to,
			      kernel::Offset & /*position*/)
	{
		return to.write(++count_);
	}

private:
	int count_ = 0;
#else
	kernel::Result<> read(const kernel::File & /*file*/, kernel::UserWriter &to,
			      kernel::Offset & /*position*/) const
	{
		return to.write(++*count_.lock());
	}

private:
	mutable kernel::Mutex<int> count_{LOCK_CLASS("count")};
#endif
};

kernel::Result<kernel::MiscDevice<Counter>> counter();
kernel::Result<kernel::MiscDevice<Counter>> counter()
{
	return kernel::MiscDevice<Counter>::make("counter", 0600);
}
