// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: a file that is written and has a size\(\) needs truncate\(\)
#include <kernel/file_system.hpp>
#include <kernel/mutex.hpp>

// `echo short >file` would leave the end of what was longer.
class Note
{
public:
	kernel::Result<> write(const kernel::File & /*file*/, kernel::UserReader &from,
			       kernel::Offset &position) const
	{
		position += static_cast<kernel::Offset>(from.size());
		*size_.lock() = position;
		return from.skip(from.size());
	}

	[[nodiscard]] kernel::Offset size() const { return *size_.lock(); }

#ifndef REFUSED
	kernel::Result<> truncate(kernel::Offset size) const
	{
		*size_.lock() = size;
		return {};
	}
#endif

private:
	mutable kernel::Mutex<kernel::Offset> size_{LOCK_CLASS("size"), 0};
};

kernel::Result<> note(kernel::Directory &root);
kernel::Result<> note(kernel::Directory &root)
{
	return root.create("note", 0600, KTRY(kernel::Arc<Note>::make(kernel::GFP_KERNEL)));
}
