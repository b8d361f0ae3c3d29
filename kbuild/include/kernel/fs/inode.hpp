// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Inodes: the objects behind names. C API: struct inode and struct inode_operations of
/// <linux/fs.h>.
///
/// For the library alone. Drivers have classes of files and of directories: see
/// <kernel/fs/inode_file.hpp> and <kernel/fs/directory.hpp>.

#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/inode_private.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/types/has_member.hpp>

struct dentry;
struct file_operations;
struct iattr;
struct inode;
struct inode_operations;
struct kstat;
struct path;
struct super_block;

namespace kernel::detail
{

/// A mount's map of user ids: an argument of the functions of inodes
using MountIdmap = ::kcxx_mount_idmap;

/// The return type of mkdir(): an errno; in newer kernels another dentry, an ERR_PTR() or null
using MadeDirectory = ::kcxx_made_directory;

/// A struct inode_operations, and the function that gives up the object of an inode
struct InodeTable {
	::inode_operations operations{};
	void (*drop)(void *object) = nullptr;

	[[nodiscard]] const ::inode_operations *raw() const noexcept { return &operations; }

	/// The table whose raw() is `raw`
	[[nodiscard]] static const InodeTable *of(const ::inode_operations *raw) noexcept
	{
		return reinterpret_cast<const InodeTable *>(raw);
	}
};
static_assert(std::is_standard_layout_v<InodeTable>, "of() needs operations to be first");

/// Gives up the reference that an inode had to its object
template <typename N>
void drop_object(void *object)
{
	const auto last = Arc<N>::adopt(static_cast<N *>(object));
}

/// The object of an inode, as long as the inode is in use
template <typename N>
[[nodiscard]] const N &object_of(const struct inode *inode)
{
	// SAFETY: the kernel calls about an inode that is in use.
	return *static_cast<const N *>(bindings::kcxx_inode_private(inode));
}

/// Makes an inode in the directory `dir`, or a root if `dir` is null; it owns `object`. Errors:
/// ENOMEM. Context: may sleep.
template <typename N>
[[nodiscard]] Result<struct inode *>
new_inode(struct super_block *sb, MountIdmap *idmap, const struct inode *dir, unsigned short mode,
	  const InodeTable &table, const struct file_operations *files, Arc<N> object)
{
	// SAFETY: the tables live as long as the module, which a mount holds; the object until
	// it is dropped.
	struct inode *inode =
		bindings::kcxx_new_inode(sb, idmap, dir, mode, table.raw(), files, &*object);
	if (inode == nullptr) [[unlikely]]
		return ENOMEM;
	(void)object.release(); // evict_inode() drops it
	return inode;
}

/// N of the Result<Arc<N>> that a function of a directory returns
template <typename T>
struct ObjectOf {
	static constexpr bool valid = false;
};

template <typename N>
struct ObjectOf<Result<Arc<N>>> {
	static constexpr bool valid = true;
	using Type = N;
};

} // namespace kernel::detail
