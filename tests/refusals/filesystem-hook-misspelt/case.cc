// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Result<> rename\(const Dentry &, const Dentry &\) const
#include <kernel/file_system.hpp>

// The class would refuse each rename, without an error.
struct Folder {
#ifdef REFUSED
	static kernel::Result<> rename(const kernel::Dentry & /*from*/) { return {}; }
#else
	static kernel::Result<> rename(const kernel::Dentry & /*from*/,
				       const kernel::Dentry & /*to*/)
	{
		return {};
	}
#endif
};

kernel::Result<> folder(kernel::Directory &root);
kernel::Result<> folder(kernel::Directory &root)
{
	KTRY(root.mkdir("folder", 0755, KTRY(kernel::Arc<Folder>::make(kernel::GFP_KERNEL))));
	return {};
}
