// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Result<Arc<Node>> create\(const Dentry &\) const
#include <kernel/file_system.hpp>

struct Node {
};

// Who would own the file's object?
class Folder
{
public:
#ifdef REFUSED
	kernel::Result<Node *> create(const kernel::Dentry & /*entry*/) const { return &node_; }

private:
	mutable Node node_;
#else
	kernel::Result<kernel::Arc<Node>> create(const kernel::Dentry & /*entry*/) const
	{
		return kernel::Arc<Node>::make(kernel::GFP_KERNEL);
	}
#endif
};

kernel::Result<> folder(kernel::Directory &root);
kernel::Result<> folder(kernel::Directory &root)
{
	KTRY(root.mkdir("folder", 0755, KTRY(kernel::Arc<Folder>::make(kernel::GFP_KERNEL))));
	return {};
}
