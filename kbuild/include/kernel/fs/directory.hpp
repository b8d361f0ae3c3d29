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
#include <string_view>
#include <type_traits>
#include <utility>

#include <generated/bindings/fs/directory.hpp>
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
	/// Permits every target
	static Result<> symlink(const Dentry & /*entry*/, std::string_view /*target*/)
	{
		return {};
	}
	/// Permits every further name
	static Result<> link(const Dentry & /*entry*/) { return {}; }
	/// Permits the removal of every file
	static Result<> unlink(const Dentry & /*entry*/) { return {}; }
	/// Permits the removal of every empty directory
	static Result<> rmdir(const Dentry & /*entry*/) { return {}; }
	/// Permits every new name
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
	static_assert(!std::is_final_v<D>,
		      "kcxx-E1349: a class of directories is not final: its members are "
		      "looked for in a class derived from it");
	if constexpr (Has_create<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry) {
				requires ObjectOf<decltype(dir.create(entry))>::valid;
			}, "kcxx-E1350: Result<Arc<Node>> create(const Dentry &) const");
	if constexpr (Has_mkdir<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry) {
				requires ObjectOf<decltype(dir.mkdir(entry))>::valid;
			}, "kcxx-E1351: Result<Arc<Folder>> mkdir(const Dentry &) const");
	if constexpr (Has_symlink<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry, std::string_view target) {
				{ dir.symlink(entry, target) } -> std::same_as<Result<>>;
			}, "kcxx-E1352: Result<> symlink(const Dentry &, std::string_view) const");
	if constexpr (Has_link<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry) {
				{ dir.link(entry) } -> std::same_as<Result<>>;
			}, "kcxx-E1353: Result<> link(const Dentry &) const");
	if constexpr (Has_unlink<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry) {
				{ dir.unlink(entry) } -> std::same_as<Result<>>;
			}, "kcxx-E1354: Result<> unlink(const Dentry &) const");
	if constexpr (Has_rmdir<D>)
		static_assert(
			requires(const D &dir, const Dentry &entry) {
				{ dir.rmdir(entry) } -> std::same_as<Result<>>;
			}, "kcxx-E1355: Result<> rmdir(const Dentry &) const");
	if constexpr (Has_rename<D>)
		static_assert(
			requires(const D &dir, const Dentry &from, const Dentry &to) {
				{ dir.rename(from, to) } -> std::same_as<Result<>>;
			}, "kcxx-E1356: Result<> rename(const Dentry &, const Dentry &) const");
}

/// Gives the name `dentry` an inode, and notes in the directory that it has one more. Context: may
/// sleep.
inline void add_entry(::inode *dir, ::dentry *dentry, ::inode *inode)
{
	// SAFETY, of all: the caller holds the lock of the directory, or no other task reaches it.
	bindings::kcxx_d_make_persistent(dentry, inode);
	if ((inode->i_mode & KCXX_S_IFMT) == KCXX_S_IFDIR)
		bindings::inc_nlink(dir); // its ".."
	bindings::kcxx_touch_directory(dir);
}

/// Makes the inode of a symbolic link to `target`. Errors: ENOMEM. Context: may sleep.
[[nodiscard]] inline Result<::inode *> new_symlink(const InodePlace &place, std::string_view target)
{
	::inode *inode = KTRY(plain_inode(place, KCXX_S_IFLNK | 0777));
	// SAFETY, of all: no other code sees the inode yet. `target` ends in a zero, which its
	// size counts.
	inode->i_op = &bindings::page_symlink_inode_operations;
	bindings::inode_nohighmem(inode);
	const int error =
		bindings::page_symlink(inode, target.data(), static_cast<int>(target.size()) + 1);
	if (error != 0) [[unlikely]] {
		bindings::iput(inode);
		return Error{-error};
	}
	return inode;
}

/// The value of mkdir() for C: an errno; in newer kernels another dentry, an ERR_PTR() or null
template <typename Returned>
[[nodiscard]] Returned made_directory(Result<> done)
{
	if constexpr (std::is_pointer_v<Returned>)
		return done ? nullptr
			    : done.error().template to_pointer<std::remove_pointer_t<Returned>>();
	else
		return to_c(done);
}

/// A new directory of class D, with these permissions
template <typename D>
[[nodiscard]] NewInode<D> new_directory(unsigned short permissions, Arc<D> object);

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
	using MadeDirectory = InodeOperation<decltype(::inode_operations::mkdir)>::Returned;

	/// Gives `dentry` the inode that `make` returns for its place
	template <typename Make>
	[[nodiscard]] static Result<> instantiate(MountIdmap *idmap, ::inode *dir, ::dentry *dentry,
						  Make make)
	{
		add_entry(dir, dentry, KTRY(make(InodePlace{dir->i_sb, idmap, dir})));
		return {};
	}

	// The kernel calls the functions below by exactly these types: kCFI compares them. Where
	// the types differ between kernels, the compiler deduces them from the table's members.

	/// Before Linux 7.3, `exclusively` is a bool.
	template <typename... Exclusively>
	static int create(MountIdmap *idmap, ::inode *dir, ::dentry *dentry, ::umode_t mode,
			  Exclusively... /*exclusively*/)
	{
		return to_c(instantiate(
			idmap, dir, dentry, [&](const InodePlace &place) -> Result<::inode *> {
				auto node = KTRY(object_of<D>(dir).create(Dentry{dentry}));
				return new_inode(place, new_file(mode, std::move(node)));
			}));
	}

	static MadeDirectory mkdir(MountIdmap *idmap, ::inode *dir, ::dentry *dentry,
				   ::umode_t mode)
	{
		return made_directory<MadeDirectory>(instantiate(
			idmap, dir, dentry, [&](const InodePlace &place) -> Result<::inode *> {
				auto folder = KTRY(object_of<D>(dir).mkdir(Dentry{dentry}));
				return new_inode(place, new_directory(mode, std::move(folder)));
			}));
	}

	static int symlink(MountIdmap *idmap, ::inode *dir, ::dentry *dentry, const char *target)
	{
		return to_c(instantiate(
			idmap, dir, dentry, [&](const InodePlace &place) -> Result<::inode *> {
				const std::string_view text{target};
				KTRY(object_of<D>(dir).symlink(Dentry{dentry}, text));
				return new_symlink(place, text);
			}));
	}

	// SAFETY, of the simple_…(): the arguments are those of the kernel's call, with its
	// locks held.

	static int link(::dentry *old_dentry, ::inode *dir, ::dentry *dentry)
	{
		const Result<> may = object_of<D>(dir).link(Dentry{dentry});
		return may ? bindings::simple_link(old_dentry, dir, dentry)
			   : may.error().to_errno();
	}

	static int unlink(::inode *dir, ::dentry *dentry)
	{
		const Result<> may = object_of<D>(dir).unlink(Dentry{dentry});
		return may ? bindings::simple_unlink(dir, dentry) : may.error().to_errno();
	}

	static int rmdir(::inode *dir, ::dentry *dentry)
	{
		const Result<> may = object_of<D>(dir).rmdir(Dentry{dentry});
		return may ? bindings::simple_rmdir(dir, dentry) : may.error().to_errno();
	}

	static int rename(MountIdmap *idmap, ::inode *old_dir, ::dentry *old_dentry,
			  ::inode *new_dir, ::dentry *new_dentry, unsigned int flags)
	{
		// Refuse moves into directories of another class: its rename() was not asked.
		if (new_dir->i_op != &table_)
			return EXDEV.to_errno();
		const Result<> may =
			object_of<D>(old_dir).rename(Dentry{old_dentry}, Dentry{new_dentry});
		return may ? bindings::simple_rename(idmap, old_dir, old_dentry, new_dir,
						     new_dentry, flags)
			   : may.error().to_errno();
	}

	[[nodiscard]] static consteval InodeTable made()
	{
		InodeTable table{};
		table.drop = &drop_object<D>;
		table.lookup = &bindings::simple_lookup;
		if constexpr (Has_create<D>)
			table.create = &create;
		if constexpr (Has_mkdir<D>)
			table.mkdir = &mkdir;
		if constexpr (Has_symlink<D>)
			table.symlink = &symlink;
		if constexpr (Has_link<D>)
			table.link = &link;
		if constexpr (Has_unlink<D>)
			table.unlink = &unlink;
		if constexpr (Has_rmdir<D>)
			table.rmdir = &rmdir;
		if constexpr (Has_rename<D>)
			table.rename = &rename;
		return table;
	}

	static const InodeTable table_;
};

template <typename D>
constinit const InodeTable DirectoryOperations<D>::table_ = DirectoryOperations<D>::made();

template <typename D>
NewInode<D> new_directory(unsigned short permissions, Arc<D> object)
{
	return {static_cast<unsigned short>(permissions | KCXX_S_IFDIR),
		DirectoryOperations<D>::table(), &bindings::simple_dir_operations,
		std::move(object)};
}

/// A name in a directory that no other task reaches yet, until this object ends
class NewDentry
{
public:
	/// Errors: EEXIST; EINVAL if it is no valid name; ENAMETOOLONG; ENOMEM. Context: may
	/// sleep.
	[[nodiscard]] static Result<NewDentry> make(::dentry *parent, std::string_view name)
	{
		if (name.empty() || name == "." || name == ".." ||
		    name.find('/') != std::string_view::npos ||
		    name.find('\0') != std::string_view::npos)
			return EINVAL;
		if (name.size() > KCXX_NAME_MAX)
			return ENAMETOOLONG;
		// SAFETY, of all: the caller keeps `parent`. A name that was found is given back.
		::qstr entry{};
		entry.name = reinterpret_cast<const unsigned char *>(name.data());
		entry.len = static_cast<unsigned int>(name.size());
		// NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the length is passed
		entry.hash = bindings::full_name_hash(parent, name.data(), entry.len);
		const NewDentry same{bindings::d_lookup(parent, &entry)};
		if (same.raw_ != nullptr)
			return EEXIST;
		::dentry *made = bindings::d_alloc(parent, &entry);
		if (made == nullptr) [[unlikely]]
			return ENOMEM;
		return NewDentry{made};
	}

	NewDentry(const NewDentry &) = delete;
	NewDentry &operator=(const NewDentry &) = delete;
	NewDentry(NewDentry &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	NewDentry &operator=(NewDentry &&) = delete;
	~NewDentry()
	{
		// SAFETY: the reference is this object's, or raw_ is null.
		bindings::dput(raw_);
	}

	[[nodiscard]] ::dentry *raw() const noexcept { return raw_; }

private:
	explicit NewDentry(::dentry *raw) noexcept : raw_{raw} {}

	::dentry *raw_;
};

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
	/// For the library, which has the C entry
	explicit Directory(::dentry *raw) noexcept : raw_{raw} {}
	Directory(const Directory &) = delete;
	Directory &operator=(const Directory &) = delete;
	/// Both are the same directory.
	Directory(Directory &&) = default;
	/// Becomes the other directory.
	Directory &operator=(Directory &&) = default;
	~Directory() = default;

	/// Makes a file of class N: see <kernel/fs/inode_file.hpp>. If `Open` is given, such as
	/// TextFile<N>, opened files are objects of it.
	template <typename Open = void, typename N>
	Result<> create(std::string_view name, unsigned short mode, Arc<N> object) KCXX_MAY_SLEEP
	{
		KTRY(added(name, detail::new_file<Open>(mode, std::move(object))));
		return {};
	}

	/// Makes a directory of class D
	template <typename D>
	[[nodiscard]] Result<Directory> mkdir(std::string_view name, unsigned short mode,
					      Arc<D> object) KCXX_MAY_SLEEP
	{
		return Directory{KTRY(added(name, detail::new_directory(mode, std::move(object))))};
	}

	/// Makes a directory in which user space changes nothing
	[[nodiscard]] Result<Directory> mkdir(std::string_view name,
					      unsigned short mode) KCXX_MAY_SLEEP
	{
		return mkdir(name, mode, KTRY(Arc<FixedDirectory>::make(GFP_KERNEL)));
	}

private:
	template <typename N>
	[[nodiscard]] Result<::dentry *> added(std::string_view name, detail::NewInode<N> wanted)
	{
		const detail::NewDentry entry = KTRY(detail::NewDentry::make(raw_, name));
		// SAFETY: the file system is being filled, and no other task reaches it.
		::inode *dir = bindings::d_inode(raw_);
		detail::add_entry(
			dir, entry.raw(),
			KTRY(detail::new_inode({dir->i_sb, nullptr, dir}, std::move(wanted))));
		return entry.raw(); // the name stays
	}

	::dentry *raw_;
};

} // namespace kernel
