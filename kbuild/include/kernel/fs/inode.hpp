// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Inodes: the objects behind names. C API: struct inode and struct inode_operations of
/// <linux/fs.h>.
///
/// For the library alone. Drivers have classes of files and of directories: see
/// <kernel/fs/inode_file.hpp> and <kernel/fs/directory.hpp>.

#pragma once

#include <type_traits>
#include <utility>

#include <generated/bindings/fs/inode.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/types/has_member.hpp>

namespace kernel::detail
{

// sizeof: the bindings then have the members.
static_assert(alignof(::inode) > 0);

/// A member of struct inode_operations: its result, and the map of user ids that it gets first
template <typename Function>
struct InodeOperation;

template <typename R, typename Idmap, typename... Rest>
struct InodeOperation<R (*)(Idmap *, Rest...)> {
	using Returned = R;
	using MountIdmap = Idmap;
};

/// A mount's map of user ids: an argument of the functions of inodes
using MountIdmap = InodeOperation<decltype(::inode_operations::create)>::MountIdmap;

/// A struct inode_operations, and the function that gives up the object of an inode
struct InodeTable : ::inode_operations {
	void (*drop)(void *object) = nullptr;

	/// The table that the kernel knows as `raw`
	[[nodiscard]] static const InodeTable *of(const ::inode_operations *raw) noexcept
	{
		return static_cast<const InodeTable *>(raw);
	}
};

/// Gives up the reference that an inode had to its object
template <typename N>
void drop_object(void *object)
{
	const auto last = owner_of<Arc<N>>(object);
}

/// The object of an inode, as long as the inode is in use
template <typename N>
[[nodiscard]] const N &object_of(const ::inode *inode)
{
	return *static_cast<const N *>(inode->i_private);
}

/// The place of a new inode
struct InodePlace {
	::super_block *sb = nullptr;
	MountIdmap *idmap = nullptr;  ///< null: user ids are not mapped
	const ::inode *dir = nullptr; ///< null: the inode is a root
};

/// An inode that is to be made, with the object that it will own
template <typename N>
struct NewInode {
	unsigned short mode;     ///< the type and the permissions
	const InodeTable &table; // of static storage
	const ::file_operations *files;
	Arc<N> object;
};

/// Makes an inode with the kernel's default operations, without an object. Errors: ENOMEM.
/// Context: may sleep.
[[nodiscard]] inline Result<::inode *> plain_inode(const InodePlace &place, unsigned short mode)
{
	// SAFETY, of all: the caller keeps the superblock and the directory in use. No other code
	// sees the new inode yet.
	::inode *inode = bindings::new_inode(place.sb);
	if (inode == nullptr) [[unlikely]]
		return ENOMEM;
	inode->i_ino = bindings::get_next_ino();
	bindings::inode_init_owner(place.idmap != nullptr ? place.idmap
							  : bindings::kcxx_nop_idmap(),
				   inode, place.dir, mode);
	inode->i_mapping->a_ops = &bindings::ram_aops;
	bindings::mapping_set_gfp_mask(inode->i_mapping, KCXX_GFP_HIGHUSER);
	bindings::mapping_set_unevictable(inode->i_mapping);
	bindings::kcxx_init_times(inode);
	if ((mode & KCXX_S_IFMT) == KCXX_S_IFDIR)
		bindings::inc_nlink(inode); // its own "."
	return inode;
}

/// Makes an inode that owns its object. Errors: ENOMEM. Context: may sleep.
template <typename N>
[[nodiscard]] Result<::inode *> new_inode(const InodePlace &place, NewInode<N> wanted)
{
	::inode *inode = KTRY(plain_inode(place, wanted.mode));
	// The tables live as long as the module, which a mount holds.
	inode->i_op = &wanted.table;
	inode->i_fop = wanted.files;
	inode->i_private = kept_by_c(std::move(wanted.object)); // evict_inode() drops it
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
