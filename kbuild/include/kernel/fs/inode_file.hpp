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
#include <cstddef>
#include <type_traits>

#include <generated/kcxx-bindings.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/file.hpp>
#include <kernel/fs/file_operations.hpp>
#include <kernel/fs/inode.hpp>
#include <kernel/memory/uaccess.hpp>
#include <kernel/types/has_member.hpp>

namespace kernel
{

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
	static_assert(!std::is_final_v<N>, "a class of files is not final: its members are looked "
					   "for in a class derived from it");
	if constexpr (Has_size<N>)
		static_assert(
			requires(const N &object) {
				{ object.size() } -> std::same_as<Offset>;
			}, "Offset size() const");
	if constexpr (Has_truncate<N>)
		static_assert(
			requires(const N &object, Offset size) {
				{ object.truncate(size) } -> std::same_as<Result<>>;
			}, "Result<> truncate(Offset) const: const, for several tasks may call it "
			   "at once");
	static_assert(!Has_truncate<N> || Has_size<N>, "truncate() is of files that have a size()");
}

/// The same for a class whose open files have no objects
template <typename N>
constexpr void require_content()
{
	if constexpr (Has_read<N>)
		static_assert(
			requires(const N &object, const File &file, UserWriter &to, Offset &at) {
				{ object.read(file, to, at) } -> std::same_as<Result<>>;
			}, "Result<> read(const File &, UserWriter &, Offset &) const: const, for "
			   "several tasks may call it at once");
	if constexpr (Has_write<N>)
		static_assert(
			requires(const N &object, const File &file, UserReader &from, Offset &at) {
				{ object.write(file, from, at) } -> std::same_as<Result<>>;
			}, "Result<> write(const File &, UserReader &, Offset &) const: const, for "
			   "several tasks may call it at once");
	static_assert(!(Has_write<N> && Has_size<N>) || Has_truncate<N>,
		      "a file that is written and has a size() needs truncate(): who opens it to "
		      "write it anew would find the old content's end");
}

/// The operations of inodes for stat(2), chmod(2), truncate(2) and O_TRUNC
template <typename N>
class FileInodeOperations
{
public:
	static const InodeTable table;

private:
	static int getattr(MountIdmap *idmap, const struct path *path, struct kstat *stat,
			   unsigned int mask, unsigned int /*flags*/)
	{
		// SAFETY, of both: the kernel asks for a path that is in use.
		const Offset size = object_of<N>(bindings::kcxx_path_inode(path)).size();
		bindings::kcxx_getattr(idmap, path, stat, mask, size);
		return 0;
	}

	static int setattr(MountIdmap *idmap, struct dentry *dentry, struct iattr *attr)
	{
		// SAFETY, of all: the kernel holds the lock of an inode that is in use.
		struct inode *inode = bindings::kcxx_d_inode(dentry);
		Offset size = -1;
		if (const int error = bindings::kcxx_setattr_prepare(idmap, dentry, attr, &size);
		    error != 0)
			return error;
		if (size >= 0) {
			const Result<> done = truncated(object_of<N>(inode), size);
			if (!done)
				return done.error().to_errno();
		}
		bindings::kcxx_setattr_copy(idmap, inode, attr);
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
		InodeTable table;
		table.drop = &drop_object<N>;
		if constexpr (std::is_base_of_v<PageCached, N>) {
			table.operations.getattr = &bindings::simple_getattr;
			table.operations.setattr = &bindings::simple_setattr;
		} else {
			if constexpr (Has_size<N>)
				table.operations.getattr = &getattr;
			table.operations.setattr = &setattr;
		}
		return table;
	}
};

template <typename N>
constinit const InodeTable FileInodeOperations<N>::table = FileInodeOperations<N>::made();

/// Holds an inode's lock while something is written
class WriteSection
{
public:
	explicit WriteSection(struct file *file)
	    // SAFETY: the file is open for writing, by the caller.
	    : file_{file}, error_{bindings::kcxx_write_begin(file)}
	{
	}

	WriteSection(const WriteSection &) = delete;
	WriteSection &operator=(const WriteSection &) = delete;

	~WriteSection()
	{
		if (error_ == 0)
			// SAFETY: the write was begun, and ends once.
			bindings::kcxx_write_end(file_);
	}

	/// 0, or the negative errno that forbids the write
	[[nodiscard]] int error() const noexcept { return error_; }

private:
	struct file *file_;
	int error_;
};

/// The operations of open files that have no objects of their own
template <typename N>
class ContentOperations
{
public:
	[[nodiscard]] static const struct file_operations *table() noexcept { return &table_; }

private:
	[[nodiscard]] static const N &object(const struct file *file)
	{
		// SAFETY: an open file has an inode, whose object lives as long.
		return *static_cast<const N *>(bindings::kcxx_file_inode_private(file));
	}

	// The kernel calls the functions below by exactly these types: kCFI compares them.

	// NOLINTNEXTLINE(*-non-const-parameter): C's prototype
	static long read(struct file *file, char *to, unsigned long size, long long *position)
	{
		UserWriter writer{reinterpret_cast<unsigned long>(to), size};
		const Result<> done = object(file).read(File{file}, writer, *position);
		if (!done)
			return done.error().to_errno();
		// SAFETY: the file is open.
		bindings::kcxx_file_accessed(file);
		return static_cast<long>(writer.passed());
	}

	static long write(struct file *file, const char *from, unsigned long size,
			  long long *position) // NOLINT(*-non-const-parameter): C's prototype
	{
		const WriteSection section{file};
		if (section.error() != 0)
			return section.error();
		if constexpr (Has_size<N>) {
			if (File{file}.has(O_APPEND))
				*position = object(file).size();
		}
		UserReader reader{reinterpret_cast<unsigned long>(from), size};
		const Result<> done = object(file).write(File{file}, reader, *position);
		return done ? static_cast<long>(reader.passed()) : done.error().to_errno();
	}

	static long long llseek(struct file *file, long long offset, int whence)
	{
		// SAFETY: the file is open; the kernel refuses an invalid position.
		return bindings::kcxx_generic_file_llseek_size(file, offset, whence,
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
	static void *data(struct inode *inode, struct file * /*file*/)
	{
		// SAFETY: an open of a file uses its inode.
		return bindings::kcxx_inode_private(inode);
	}
};

/// The table of the open files of a class N; `Open` is the class of these, or void
template <typename N, typename Open = void>
[[nodiscard]] const struct file_operations *file_table()
{
	if constexpr (!std::is_void_v<Open>) {
		static_assert(std::is_same_v<typename DataOf<Open>::Type, N>,
			      "the Data of a class of open files is the class of the file");
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

} // namespace detail
} // namespace kernel
