// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Mounted file systems: one object for each. C API: struct super_block and struct
/// super_operations of <linux/fs.h>.
///
/// A file system's class has one object for each mount, from mount(2) until the last file
/// is closed after umount(2):
///
///     static constexpr const char *name = "pumpfs";     // mount -t pumpfs
///     static constexpr unsigned long magic = 0x50554d50; // statfs(2), stat -f
///     static Result<PumpFs> mount();
///     static Result<PumpFs> mount(const Options &options); // if it has a type Options
///     Result<Arc<Folder>> root() const;          // the root's object; else it is a
///                                                // FixedDirectory
///     Result<> fill(Directory &root) const;      // makes the initial content
///     StatFs statfs() const;                     // the total and free room
///     Result<> reconfigure(const Options &options) const; // mount -o remount
///
/// The first three are required. mount() may return Result<PumpFs>{std::in_place, …} if the
/// object cannot move. The object ends after all files and directories have.
///
/// Context of all: a system call's; may sleep. Errors: mount(2) returns theirs, and everything
/// made until then is destroyed.

#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <generated/bindings/fs/super_block.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/directory.hpp>
#include <kernel/fs/inode.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/types/has_member.hpp>

namespace kernel
{

// sizeof: the bindings then have the members.
static_assert(alignof(::super_block) > 0 && alignof(::kstatfs) > 0);

/// The total and free room, in blocks of PAGE_SIZE; 0 if it is not known
struct StatFs {
	std::uint64_t blocks = 0;      ///< in all
	std::uint64_t free_blocks = 0; ///< not used
	std::uint64_t files = 0;       ///< inodes in all
	std::uint64_t free_files = 0;  ///< inodes not used
};

namespace detail
{

KCXX_HAS_MEMBER(root);
KCXX_HAS_MEMBER(fill);
KCXX_HAS_MEMBER(statfs);

/// The functions that the kernel calls for a mounted T
template <typename T>
class SuperBlock
{
public:
	/// Makes a T with `mount`, and its content, for an empty superblock. On failure, kill()
	/// follows.
	template <typename Mount>
	[[nodiscard]] static Result<> fill(::super_block *sb, Mount mount)
	{
		auto mounted = KTRY(Box<Mounted>::make(GFP_KERNEL, mount));
		if (!mounted->result)
			return mounted->result.error();
		const T &object = *mounted->result;
		// The table lives as long as the module, which a mount holds; the object until
		// kill().
		sb->s_op = &table_;
		sb->s_magic = T::magic;
		sb->s_fs_info = kept_by_c(std::move(mounted));
		sb->s_maxbytes = KCXX_MAX_LFS_FILESIZE;
		sb->s_blocksize = 1UL << KCXX_PAGE_SHIFT;
		sb->s_blocksize_bits = KCXX_PAGE_SHIFT;
		sb->s_time_gran = 1;
		sb->s_root = KTRY(made_root(sb, object));
		if constexpr (Has_fill<T>) {
			static_assert(
				requires(Directory &root) {
					{ object.fill(root) } -> std::same_as<Result<>>;
				}, "kcxx-E1373: Result<> fill(Directory &) const");
			Directory root{sb->s_root};
			return object.fill(root);
		}
		return {};
	}

	/// Ends the mount, with all its content
	static void kill(::super_block *sb)
	{
		auto *mounted = static_cast<Mounted *>(sb->s_fs_info);
		// SAFETY: called once for each, whether it was filled or not.
		bindings::kcxx_kill_litter_super(sb);
		const auto last = owner_of<Box<Mounted>>(mounted);
	}

	/// The object of a file system that is mounted
	[[nodiscard]] static const T &object(const ::super_block *sb)
	{
		const auto &result = static_cast<const Mounted *>(sb->s_fs_info)->result;
		if (!result)
			__builtin_unreachable(); // the mount leaves no other behind
		return *result;
	}

private:
	/// Holds a Result, as mount() returns it, because T may be unable to move
	struct Mounted {
		template <typename Mount>
		explicit Mounted(Mount &mount) : result(mount())
		{
		}

		Result<T> result;
	};

	[[nodiscard]] static Result<::dentry *> made_root(::super_block *sb, const T &object)
	{
		if constexpr (Has_root<T>) {
			static_assert(
				requires { requires ObjectOf<decltype(object.root())>::valid; },
				"kcxx-E1374: Result<Arc<Folder>> root() const");
			return made_root_of(sb, KTRY(object.root()));
		} else {
			return made_root_of(sb, KTRY(Arc<FixedDirectory>::make(GFP_KERNEL)));
		}
	}

	template <typename D>
	[[nodiscard]] static Result<::dentry *> made_root_of(::super_block *sb, Arc<D> folder)
	{
		::inode *inode = KTRY(new_inode({sb}, new_directory(0755, std::move(folder))));
		// SAFETY: d_make_root() takes the inode, even on failure.
		::dentry *root = bindings::d_make_root(inode);
		if (root == nullptr) [[unlikely]]
			return ENOMEM;
		return root;
	}

	// The kernel calls the functions below by exactly these types: kCFI compares them.

	static void evict_inode(::inode *inode)
	{
		void *object = std::exchange(inode->i_private, nullptr);
		// SAFETY, of both: the inode is not in use any more.
		bindings::truncate_inode_pages_final(&inode->i_data);
		bindings::clear_inode(inode);
		if (object != nullptr) // then the table is one of this library
			InodeTable::of(inode->i_op)->drop(object);
	}

	static int statfs(::dentry *dentry, ::kstatfs *to)
	{
		// SAFETY: the kernel asks for a file system that is mounted.
		const int error = bindings::simple_statfs(dentry, to);
		if (error != 0)
			return error;
		const StatFs known = object(dentry->d_sb).statfs();
		to->f_blocks = known.blocks;
		to->f_bfree = to->f_bavail = known.free_blocks;
		to->f_files = known.files;
		to->f_ffree = known.free_files;
		return 0;
	}

	[[nodiscard]] static consteval ::super_operations made()
	{
		::super_operations table{};
		table.evict_inode = &evict_inode;
		if constexpr (Has_statfs<T>) {
			static_assert(
				requires(const T &mounted) {
					{ mounted.statfs() } -> std::same_as<StatFs>;
				}, "kcxx-E1375: StatFs statfs() const");
			table.statfs = &statfs;
		} else {
			table.statfs = &bindings::simple_statfs;
		}
		return table;
	}

	static const ::super_operations table_;
};

template <typename T>
constinit const ::super_operations SuperBlock<T>::table_ = SuperBlock<T>::made();

} // namespace detail
} // namespace kernel
