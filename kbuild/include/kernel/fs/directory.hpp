// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The directories of a file system. C API: struct inode_operations of <linux/fs.h>, the
/// simple_…() of fs/libfs.c, which keep the names in the dcache.
///
/// A class of directories has one object for each directory; it ends when the directory is
/// removed or unmounted. The class defines those of these members that user space may use; for
/// the others the kernel returns EPERM, for create() EACCES.
///
///     Result<Arc<Node>> create(const Dentry &entry) const;    // Node: <kernel/fs/inode_file.hpp>
///     Result<Arc<Folder>> mkdir(const Dentry &entry) const;   // Folder: a class of directories
///     Result<> symlink(const Dentry &entry, std::string_view target) const;
///     Result<> link(const Dentry &entry) const;
///     Result<> unlink(const Dentry &entry) const;
///     Result<> rmdir(const Dentry &entry) const;  // only empty directories
///     Result<> rename(const Dentry &from, const Dentry &to) const; // within one class
///
/// The first two make the object of the new name. The others permit the operation, which the
/// library then performs, or return an error. SimpleDirectory is a base that permits all of
/// them. The kernel itself refuses names that exist, do not exist or are no directory: EEXIST,
/// ENOENT, ENOTDIR.
///
/// Context of all: a system call's, with the directory's lock held; may sleep. The members are
/// const, because rename() holds the locks of two directories of one class. Errors: user space
/// gets what they return; ENOMEM from the library; EXDEV if a name would move to a directory of
/// another class. The supported flags of rename(2) are RENAME_NOREPLACE and RENAME_EXCHANGE.

#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/dentry.hpp>
#include <kernel/fs/inode.hpp>
#include <kernel/fs/inode_file.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

/// A base of classes of directories in which user space may change names
struct SimpleDirectory {
	static Result<> symlink(const Dentry & /*entry*/, std::string_view /*target*/)
	{
		return {};
	}
	static Result<> link(const Dentry & /*entry*/) { return {}; }
	static Result<> unlink(const Dentry & /*entry*/) { return {}; }
	static Result<> rmdir(const Dentry & /*entry*/) { return {}; }
	static Result<> rename(const Dentry & /*from*/, const Dentry & /*to*/) { return {}; }
};

/// A class of directories in which user space changes nothing
struct FixedDirectory {
};

namespace detail
{

KCXX_HAS_MEMBER(create);
KCXX_HAS_MEMBER(mkdir);
KCXX_HAS_MEMBER(symlink);
KCXX_HAS_MEMBER(link);
KCXX_HAS_MEMBER(unlink);
KCXX_HAS_MEMBER(rmdir);
KCXX_HAS_MEMBER(rename);

/// Reports which condition a class of directories does not meet
template <typename D>
constexpr void require_directory()
{
	static_assert(!std::is_final_v<D>, "a class of directories is not final: its members are "
					   "looked for in a class derived from it");
	if constexpr (Has_create<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry) {
				requires ObjectOf<decltype(dir.create(entry))>::valid;
			}, "Result<Arc<Node>> create(const Dentry &) const");
	if constexpr (Has_mkdir<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry) {
				requires ObjectOf<decltype(dir.mkdir(entry))>::valid;
			}, "Result<Arc<Folder>> mkdir(const Dentry &) const");
	if constexpr (Has_symlink<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry, std::string_view target) {
				{ dir.symlink(entry, target) } -> std::same_as<Result<>>;
			}, "Result<> symlink(const Dentry &, std::string_view) const");
	if constexpr (Has_link<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry) {
				{ dir.link(entry) } -> std::same_as<Result<>>;
			}, "Result<> link(const Dentry &) const");
	if constexpr (Has_unlink<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry) {
				{ dir.unlink(entry) } -> std::same_as<Result<>>;
			}, "Result<> unlink(const Dentry &) const");
	if constexpr (Has_rmdir<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry) {
				{ dir.rmdir(entry) } -> std::same_as<Result<>>;
			}, "Result<> rmdir(const Dentry &) const");
	if constexpr (Has_rename<D>)
		static_assert(
			requires(const D &dir, const Dentry &from, const Dentry &to) {
				{ dir.rename(from, to) } -> std::same_as<Result<>>;
			}, "Result<> rename(const Dentry &, const Dentry &) const");
}

/// A new symbolic link. Errors: ENOMEM. Context: may sleep.
[[nodiscard]] inline Result<struct inode *> new_symlink(MountIdmap *idmap, struct inode *dir,
							const char *target, std::size_t size)
{
	constexpr unsigned short mode = KCXX_S_IFLNK | 0777;
	// SAFETY: a link has no object; its table is set before other code sees it.
	struct inode *inode = bindings::kcxx_new_inode(bindings::kcxx_inode_super_block(dir), idmap,
						       dir, mode, nullptr, nullptr, nullptr);
	if (inode == nullptr) [[unlikely]]
		return ENOMEM;
	// SAFETY: `target` ends in a zero, which its size counts.
	const Result<> done = to_result(bindings::kcxx_page_symlink(inode, target, size));
	if (!done) [[unlikely]] {
		// SAFETY: this is the only reference.
		bindings::kcxx_iput(inode);
		return done.error();
	}
	return inode;
}

/// The operations of user space in directories of a class
template <typename D>
class DirectoryOperations
{
public:
	[[nodiscard]] static const InodeTable &table() noexcept
	{
		require_directory<D>();
		return table_;
	}

private:
	/// Gives `dentry` an inode that owns the object in `made`, unless that is an error
	template <typename N>
	static int instantiate(MountIdmap *idmap, struct inode *dir, struct dentry *dentry,
			       unsigned short mode, const InodeTable &table,
			       const struct file_operations *files, Result<Arc<N>> made)
	{
		if (!made)
			return made.error().to_errno();
		// SAFETY, of both: the kernel holds the lock of a directory that is in use.
		const Result<struct inode *> inode =
			new_inode(bindings::kcxx_inode_super_block(dir), idmap, dir, mode, table,
				  files, *std::move(made));
		if (!inode)
			return inode.error().to_errno();
		bindings::kcxx_d_instantiate(dir, dentry, *inode);
		return 0;
	}

	// The kernel calls the functions below by exactly these types: kCFI compares them.

	static int create(MountIdmap *idmap, struct inode *dir, struct dentry *dentry,
			  unsigned short mode, bool /*exclusively*/)
	{
		auto made = object_of<D>(dir).create(Dentry{dentry});
		using Node = typename ObjectOf<decltype(made)>::Type;
		return instantiate(idmap, dir, dentry, mode | KCXX_S_IFREG,
				   FileInodeOperations<Node>::table, file_table<Node>(),
				   std::move(made));
	}

	static MadeDirectory mkdir(MountIdmap *idmap, struct inode *dir, struct dentry *dentry,
				   unsigned short mode)
	{
		auto made = object_of<D>(dir).mkdir(Dentry{dentry});
		using Folder = typename ObjectOf<decltype(made)>::Type;
		const int error = instantiate(idmap, dir, dentry, mode | KCXX_S_IFDIR,
					      DirectoryOperations<Folder>::table(),
					      &bindings::simple_dir_operations, std::move(made));
		return bindings::kcxx_made_directory_or(error);
	}

	static int symlink(MountIdmap *idmap, struct inode *dir, struct dentry *dentry,
			   const char *target)
	{
		const std::string_view text{target};
		const Result<> may = object_of<D>(dir).symlink(Dentry{dentry}, text);
		if (!may)
			return may.error().to_errno();
		const Result<struct inode *> inode =
			new_symlink(idmap, dir, target, text.size() + 1);
		if (!inode)
			return inode.error().to_errno();
		// SAFETY: the kernel holds the lock of a directory that is in use.
		bindings::kcxx_d_instantiate(dir, dentry, *inode);
		return 0;
	}

	// SAFETY, of the simple_…(): the arguments are those of the kernel's call, with its
	// locks held.

	static int link(struct dentry *old_dentry, struct inode *dir, struct dentry *dentry)
	{
		const Result<> may = object_of<D>(dir).link(Dentry{dentry});
		return may ? bindings::simple_link(old_dentry, dir, dentry)
			   : may.error().to_errno();
	}

	static int unlink(struct inode *dir, struct dentry *dentry)
	{
		const Result<> may = object_of<D>(dir).unlink(Dentry{dentry});
		return may ? bindings::simple_unlink(dir, dentry) : may.error().to_errno();
	}

	static int rmdir(struct inode *dir, struct dentry *dentry)
	{
		const Result<> may = object_of<D>(dir).rmdir(Dentry{dentry});
		return may ? bindings::simple_rmdir(dir, dentry) : may.error().to_errno();
	}

	static int rename(MountIdmap *idmap, struct inode *old_dir, struct dentry *old_dentry,
			  struct inode *new_dir, struct dentry *new_dentry, unsigned int flags)
	{
		// Refuse moves into directories of another class: its rename() was not asked.
		if (bindings::kcxx_inode_operations(new_dir) != table_.raw())
			return EXDEV.to_errno();
		const Result<> may =
			object_of<D>(old_dir).rename(Dentry{old_dentry}, Dentry{new_dentry});
		return may ? bindings::simple_rename(idmap, old_dir, old_dentry, new_dir,
						     new_dentry, flags)
			   : may.error().to_errno();
	}

	[[nodiscard]] static consteval InodeTable made()
	{
		InodeTable table;
		table.drop = &drop_object<D>;
		table.operations.lookup = &bindings::simple_lookup;
		if constexpr (Has_create<D>)
			table.operations.create = &create;
		if constexpr (Has_mkdir<D>)
			table.operations.mkdir = &mkdir;
		if constexpr (Has_symlink<D>)
			table.operations.symlink = &symlink;
		if constexpr (Has_link<D>)
			table.operations.link = &link;
		if constexpr (Has_unlink<D>)
			table.operations.unlink = &unlink;
		if constexpr (Has_rmdir<D>)
			table.operations.rmdir = &rmdir;
		if constexpr (Has_rename<D>)
			table.operations.rename = &rename;
		return table;
	}

	static const InodeTable table_;
};

template <typename D>
constinit const InodeTable DirectoryOperations<D>::table_ = DirectoryOperations<D>::made();

} // namespace detail

/// A directory that is filled before user space sees it: see <kernel/fs/super_block.hpp>. Do not
/// keep it.
///
///     KTRY(root.create("statistics", 0444, KTRY(Arc<Statistics>::make(GFP_KERNEL))));
///     auto sub = KTRY(root.mkdir("sub", 0755));
///
/// Errors of all: EEXIST if the name exists; EINVAL if it is no valid name; ENAMETOOLONG;
/// ENOMEM. Context of all: may sleep.
class Directory
{
public:
	explicit Directory(struct dentry *raw) noexcept : raw_{raw} {}
	Directory(const Directory &) = delete;
	Directory &operator=(const Directory &) = delete;
	Directory(Directory &&) = default;
	Directory &operator=(Directory &&) = default;
	~Directory() = default;

	/// Makes a file of class N: see <kernel/fs/inode_file.hpp>. If `Open` is given, such as
	/// TextFile<N>, opened files are objects of it.
	template <typename Open = void, typename N>
	Result<> create(std::string_view name, unsigned short mode, Arc<N> object) KCXX_MAY_SLEEP
	{
		KTRY(added(name, mode | KCXX_S_IFREG, detail::FileInodeOperations<N>::table,
			   detail::file_table<N, Open>(), std::move(object)));
		return {};
	}

	/// Makes a directory of class D
	template <typename D>
	[[nodiscard]] Result<Directory> mkdir(std::string_view name, unsigned short mode,
					      Arc<D> object) KCXX_MAY_SLEEP
	{
		return Directory{KTRY(added(name, mode | KCXX_S_IFDIR,
					    detail::DirectoryOperations<D>::table(),
					    &bindings::simple_dir_operations, std::move(object)))};
	}

	/// Makes a directory in which user space changes nothing
	[[nodiscard]] Result<Directory> mkdir(std::string_view name,
					      unsigned short mode) KCXX_MAY_SLEEP
	{
		return mkdir(name, mode, KTRY(Arc<FixedDirectory>::make(GFP_KERNEL)));
	}

private:
	template <typename N>
	[[nodiscard]] Result<struct dentry *>
	added(std::string_view name, unsigned int mode, const detail::InodeTable &table,
	      const struct file_operations *files, Arc<N> object)
	{
		if (name.empty() || name == "." || name == ".." ||
		    name.find('/') != std::string_view::npos ||
		    name.find('\0') != std::string_view::npos)
			return EINVAL;
		// SAFETY, of all: the file system is being filled, and no other task reaches
		// it. A name that was added stays; one that was not is given back.
		struct inode *dir = bindings::kcxx_d_inode(raw_);
		struct dentry *dentry = bindings::kcxx_d_alloc(raw_, name.data(), name.size());
		if (const auto number = reinterpret_cast<long>(dentry);
		    number < 0 && number >= -KCXX_MAX_ERRNO)
			return Error{static_cast<int>(-number)};
		const Result<struct inode *> inode = detail::new_inode(
			bindings::kcxx_inode_super_block(dir), nullptr, dir,
			static_cast<unsigned short>(mode), table, files, std::move(object));
		if (!inode) [[unlikely]] {
			bindings::kcxx_dput(dentry);
			return inode.error();
		}
		bindings::kcxx_d_add(dir, dentry, *inode);
		return dentry;
	}

	struct dentry *raw_;
};

} // namespace kernel
