// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The regular files of a file system. C API: struct inode_operations and struct
/// file_operations of <linux/fs.h>.
///
/// A class of files has one object for each file, shared by all tasks that have the file open.
/// The object ends when the file has no name any more and is not open, or when the file system
/// is unmounted. The class defines those of these members that its files support:
///
///     Result<> read(const File &file, UserWriter &to, Offset &position) const;
///     Result<> write(const File &file, UserReader &from, Offset &position) const;
///     Offset size() const;                   // for stat(2), and where O_APPEND writes
///     Result<> truncate(Offset size) const;  // shorter or longer: truncate(2), O_TRUNC
///
/// The members are const, because several tasks may call them for one file at once. State that
/// changes is a `mutable` member that is a lock or an atomic. write() and truncate() are called
/// one at a time, with the inode's lock held. Without size() a file is a stream: no lseek(2).
///
/// Two other kinds of classes:
/// - a class with a type `OpenFile` has one object of that type for each open file, with the
///   members of <kernel/fs/file_operations.hpp>; its `Data` is the class;
/// - the files of a class derived from PageCached have the kernel's page cache as their
///   content: they can be mapped and executed, too. The class defines no members but its other
///   data.
///
/// Context of all: a system call's; may sleep. Errors: user space gets what they return.

#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include <generated/bindings/fs/inode_file.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/file.hpp>
#include <kernel/fs/file_operations.hpp>
#include <kernel/fs/inode.hpp>
#include <kernel/memory/uaccess.hpp>
#include <kernel/types/has_member.hpp>

namespace kernel
{

// sizeof: the bindings then have the members.
static_assert(alignof(::path) > 0 && alignof(::iattr) > 0 && alignof(struct kstat) > 0);

/// A base of classes of files whose content is the page cache. Nothing limits its size.
struct PageCached {
};

namespace detail
{

KCXX_HAS_MEMBER(size);
KCXX_HAS_MEMBER(truncate);

/// Reports which condition a class of files does not meet
template <typename N>
constexpr void require_inode_file()
{
	static_assert(!std::is_final_v<N>,
		      "kcxx-E1359: a class of files is not final: its members are looked "
		      "for in a class derived from it");
	if constexpr (Has_size<N>)
		static_assert(
			requires(const N &object) {
				{ object.size() } -> std::same_as<Offset>;
			}, "kcxx-E1365: Offset size() const");
	if constexpr (Has_truncate<N>)
		static_assert(
			requires(const N &object, Offset size) {
				{ object.truncate(size) } -> std::same_as<Result<>>;
			}, "kcxx-E1366: Result<> truncate(Offset) const: const, for several tasks "
			   "may call it "
			   "at once");
	static_assert(!Has_truncate<N> || Has_size<N>,
		      "kcxx-E1367: truncate() is of files that have a size()");
}

/// The same for a class whose open files have no objects
template <typename N>
constexpr void require_content()
{
	require_read_and_write<N>();
	static_assert(!(Has_write<N> && Has_size<N>) || Has_truncate<N>,
		      "kcxx-E1368: a file that is written and has a size() needs truncate(): who "
		      "opens it to "
		      "write it anew would find the old content's end");
}

/// The operations of inodes for stat(2), chmod(2), truncate(2) and O_TRUNC
template <typename N>
class FileInodeOperations
{
public:
	static const InodeTable table;

private:
	static int getattr(MountIdmap *idmap, const ::path *path, struct kstat *stat,
			   unsigned int mask, unsigned int /*flags*/)
	{
		// SAFETY, of both: the kernel asks for a path that is in use.
		::inode *inode = bindings::d_inode(path->dentry);
		bindings::kcxx_generic_fillattr(idmap, mask, inode, stat);
		stat->size = object_of<N>(inode).size();
		stat->blocks = (static_cast<unsigned long long>(stat->size) + 511) / 512;
		return 0;
	}

	static int setattr(MountIdmap *idmap, ::dentry *dentry, ::iattr *attr)
	{
		// SAFETY, of all: the kernel holds the lock of an inode that is in use.
		::inode *inode = bindings::d_inode(dentry);
		if (const int error = bindings::setattr_prepare(idmap, dentry, attr); error != 0)
			return error;
		if ((attr->ia_valid & KCXX_ATTR_SIZE) != 0) {
			const Result<> done = truncated(object_of<N>(inode), attr->ia_size);
			if (!done)
				return done.error().to_errno();
			// The kernel has filled in the times.
			attr->ia_valid |= KCXX_ATTR_MTIME | KCXX_ATTR_CTIME;
		}
		bindings::setattr_copy(idmap, inode, attr);
		return 0;
	}

	static Result<> truncated([[maybe_unused]] const N &object, Offset size)
	{
		if constexpr (Has_truncate<N>)
			return object.truncate(size);
		else if (size != 0)
			return EINVAL;
		else
			return {}; // O_TRUNC of a file without content
	}

	[[nodiscard]] static consteval InodeTable made()
	{
		require_inode_file<N>();
		InodeTable filled{};
		filled.drop = &drop_object<N>;
		if constexpr (std::is_base_of_v<PageCached, N>) {
			filled.getattr = &bindings::simple_getattr;
			filled.setattr = &bindings::simple_setattr;
		} else {
			if constexpr (Has_size<N>)
				filled.getattr = &getattr;
			filled.setattr = &setattr;
		}
		return filled;
	}
};

template <typename N>
constinit const InodeTable FileInodeOperations<N>::table = FileInodeOperations<N>::made();

/// Holds the lock of a file's inode: no other task writes or truncates meanwhile.
class InodeLock
{
public:
	explicit InodeLock(::inode *inode) : inode_{inode}
	{
		// SAFETY: the caller keeps the inode in use; the destructor unlocks.
		bindings::inode_lock(inode_);
	}
	InodeLock(const InodeLock &) = delete;
	InodeLock &operator=(const InodeLock &) = delete;
	~InodeLock()
	{
		// SAFETY: the constructor locked it.
		bindings::inode_unlock(inode_);
	}

private:
	::inode *inode_;
};

/// The operations of open files that have no objects of their own
template <typename N>
class ContentOperations
{
public:
	[[nodiscard]] static const ::file_operations *table() noexcept { return &table_; }

private:
	// SAFETY, of all below: the kernel calls them for a file that is open. It has an inode,
	// whose object lives as long.

	[[nodiscard]] static const N &object(const ::file *file)
	{
		return object_of<N>(bindings::file_inode(file));
	}

	// The kernel calls the functions below by exactly these types: kCFI compares them.

	// NOLINTNEXTLINE(*-non-const-parameter): C's prototype
	static long read(::file *file, char *to, unsigned long size, long long *position)
	{
		const long done = read_for_c(object(file), file, {to, size, position});
		if (done >= 0)
			bindings::file_accessed(file);
		return done;
	}

	static long write(::file *file, const char *from, unsigned long size,
			  long long *position) // NOLINT(*-non-const-parameter): C's prototype
	{
		const InodeLock lock{bindings::file_inode(file)};
		if (const int error = bindings::file_remove_privs(file); error != 0)
			return error;
		if (const int error = bindings::file_update_time(file); error != 0)
			return error;
		if constexpr (Has_size<N>) {
			if (File{file}.has(O_APPEND))
				*position = object(file).size();
		}
		return write_for_c(object(file), file, {from, size, position});
	}

	static long long llseek(::file *file, long long offset, int whence)
	{
		return bindings::generic_file_llseek_size(
			file, offset, whence, bindings::file_inode(file)->i_sb->s_maxbytes,
			object(file).size());
	}

	[[nodiscard]] static consteval ::file_operations made()
	{
		::file_operations table{};
		table.owner = &bindings::__this_module;
		table.fsync = &bindings::noop_fsync;
		if constexpr (Has_read<N>)
			table.read = &read;
		if constexpr (Has_write<N>)
			table.write = &write;
		if constexpr (Has_size<N>)
			table.llseek = &llseek;
		return table;
	}

	static const ::file_operations table_;
};

template <typename N>
constinit const ::file_operations ContentOperations<N>::table_ = ContentOperations<N>::made();

/// Open files get the object that their inode was made with.
struct InodeSource {
	static void *data(::inode *inode, ::file * /*file*/) { return inode->i_private; }
};

/// The table of the open files of a class N; `Open` is the class of these, or void
template <typename N, typename Open = void>
[[nodiscard]] const ::file_operations *file_table()
{
	if constexpr (!std::is_void_v<Open>) {
		static_assert(
			std::is_same_v<typename DataOf<Open>::Type, N>,
			"kcxx-E1369: the Data of a class of open files is the class of the file");
		return FileOperations<Open, InodeSource>::table();
	} else if constexpr (requires { typename N::OpenFile; }) {
		return file_table<N, typename N::OpenFile>();
	} else if constexpr (std::is_base_of_v<PageCached, N>) {
		return &bindings::kcxx_page_cache_file_operations;
	} else {
		require_content<N>();
		return ContentOperations<N>::table();
	}
}

/// A new regular file of class N, with these permissions; opened files are objects of `Open`, if
/// it is given
template <typename Open = void, typename N>
[[nodiscard]] NewInode<N> new_file(unsigned short permissions, Arc<N> object)
{
	return {static_cast<unsigned short>(permissions | KCXX_S_IFREG),
		FileInodeOperations<N>::table, file_table<N, Open>(), std::move(object)};
}

} // namespace detail
} // namespace kernel
