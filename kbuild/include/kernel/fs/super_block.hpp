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

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/directory.hpp>
#include <kernel/fs/inode.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/types/has_member.hpp>

struct kstatfs;
struct super_operations;

namespace kernel
{

/// The total and free room, in blocks of PAGE_SIZE; 0 if it is not known
struct StatFs {
	std::uint64_t blocks = 0;
	std::uint64_t free_blocks = 0;
	std::uint64_t files = 0;
	std::uint64_t free_files = 0;
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
	[[nodiscard]] static Result<> fill(struct super_block *sb, Mount mount)
	{
		auto mounted = KTRY(Box<Mounted>::make(GFP_KERNEL, mount));
		if (!mounted->result)
			return mounted->result.error();
		const T &object = *mounted->result;
		// SAFETY: the table lives as long as the module, which a mount holds; the
		// object until kill().
		bindings::kcxx_super_block_init(sb, &table_, T::magic, mounted.release());
		[[maybe_unused]] struct dentry *raw = KTRY(made_root(sb, object));
		if constexpr (Has_fill<T>) {
			static_assert(
				requires(Directory &root) {
					{ object.fill(root) } -> std::same_as<Result<>>;
				}, "Result<> fill(Directory &) const");
			Directory root{raw};
			return object.fill(root);
		}
		return {};
	}

	/// Ends the mount, with all its content
	static void kill(struct super_block *sb)
	{
		// SAFETY: called once for each, whether it was filled or not.
		auto *mounted = static_cast<Mounted *>(bindings::kcxx_super_block_private(sb));
		bindings::kcxx_kill_litter_super(sb);
		const auto last = Box<Mounted>::adopt(mounted);
	}

	/// The object of the mounted file system
	[[nodiscard]] static const T &object(const struct super_block *sb)
	{
		// SAFETY: the superblock was filled.
		return *static_cast<const Mounted *>(bindings::kcxx_super_block_private(sb))
				->result;
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

	[[nodiscard]] static Result<struct dentry *> made_root(struct super_block *sb,
							       const T &object)
	{
		if constexpr (Has_root<T>) {
			static_assert(
				requires { requires ObjectOf<decltype(object.root())>::valid; },
				"Result<Arc<Folder>> root() const");
			return made_root_of(sb, KTRY(object.root()));
		} else {
			return made_root_of(sb, KTRY(Arc<FixedDirectory>::make(GFP_KERNEL)));
		}
	}

	template <typename D>
	[[nodiscard]] static Result<struct dentry *> made_root_of(struct super_block *sb,
								  Arc<D> folder)
	{
		constexpr unsigned short mode = KCXX_S_IFDIR | 0755;
		struct inode *inode =
			KTRY(new_inode(sb, nullptr, nullptr, mode, DirectoryOperations<D>::table(),
				       &bindings::simple_dir_operations, std::move(folder)));
		// SAFETY: kcxx_make_root() takes the inode, even on failure.
		struct dentry *root = bindings::kcxx_make_root(sb, inode);
		if (root == nullptr) [[unlikely]]
			return ENOMEM;
		return root;
	}

	// The kernel calls the functions below by exactly these types: kCFI compares them.

	static void evict_inode(struct inode *inode)
	{
		// SAFETY, of both: the inode is not in use any more; an inode with an object
		// has a table of this library.
		void *object = bindings::kcxx_evict_inode(inode);
		if (object != nullptr)
			InodeTable::of(bindings::kcxx_inode_operations(inode))->drop(object);
	}

	static int statfs(struct dentry *dentry, struct kstatfs *to)
	{
		// SAFETY, of all: the kernel asks for a file system that is mounted.
		const int error = bindings::simple_statfs(dentry, to);
		if (error != 0)
			return error;
		const StatFs known = object(bindings::kcxx_dentry_super_block(dentry)).statfs();
		bindings::kcxx_statfs(to, known.blocks, known.free_blocks, known.files,
				      known.free_files);
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
				}, "StatFs statfs() const");
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
