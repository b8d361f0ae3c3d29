// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Folders and files in /sys/kernel/debug, for debugging. C API:
/// <linux/debugfs.h>.

#pragma once

#include <utility>

#include <generated/bindings/fs/debugfs.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/file_operations.hpp>
#include <kernel/module/live_objects.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

namespace detail
{

struct DebugfsSource {
	/// debugfs keeps a file from being removed while it is opened.
	static void *data(::inode *inode, ::file * /*file*/) { return inode->i_private; }
};

/// An entry, removed with all that is in it. A counted reference keeps the entry when its folder is
/// removed first: its own removal is none then. Empty on kernels without debugfs.
class DebugfsEntry
{
public:
	explicit DebugfsEntry(::dentry *entry) noexcept : entry_{entry}
	{
		// SAFETY: the entry was just made, and nothing else removes it.
		bindings::kcxx_debugfs_keep(entry);
	}
	DebugfsEntry(const DebugfsEntry &) = delete;
	DebugfsEntry &operator=(const DebugfsEntry &) = delete;
	DebugfsEntry(DebugfsEntry &&other) noexcept : entry_{std::exchange(other.entry_, nullptr)}
	{
	}
	DebugfsEntry &operator=(DebugfsEntry &&other) noexcept
	{
		const DebugfsEntry old{std::exchange(entry_, std::exchange(other.entry_, nullptr))};
		return *this;
	}
	~DebugfsEntry() KCXX_MAY_SLEEP
	{
		if (entry_ != nullptr)
			// SAFETY: the entry is this object's, with a reference.
			bindings::kcxx_debugfs_end(entry_);
	}

	[[nodiscard]] ::dentry *raw() const noexcept { return entry_; }

private:
	[[no_unique_address]] CountedLife<DebugfsEntry> life_;
	::dentry *entry_;
};

} // namespace detail

/// The folder `/sys/kernel/debug/<name>`, as long as this object lives: what is in it disappears
/// with it. Moves, does not copy.
class [[nodiscard]] DebugfsFolder
{
public:
	/// Errors: ENODEV on kernels without debugfs; EEXIST; ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<DebugfsFolder> make(const char *name) KCXX_MAY_SLEEP
	{
		return made(name, nullptr);
	}

	/// A folder in another one. Errors, context: as above.
	[[nodiscard]] static Result<DebugfsFolder> make(const DebugfsFolder &folder,
							const char *name) KCXX_MAY_SLEEP
	{
		return made(name, folder.raw());
	}

	/// For DebugfsFile
	[[nodiscard]] ::dentry *raw() const noexcept { return entry_.raw(); }

private:
	explicit DebugfsFolder(detail::DebugfsEntry entry) noexcept : entry_{std::move(entry)} {}

	static Result<DebugfsFolder> made(const char *name, ::dentry *parent)
	{
		// SAFETY: the name is copied, and the parent is null or lives.
		::dentry *entry =
			KTRY(Error::from_pointer(bindings::debugfs_create_dir(name, parent)));
		return DebugfsFolder{detail::DebugfsEntry{entry}};
	}

	detail::DebugfsEntry entry_;
};

/// A file of a folder, as long as this object lives. Its open files are objects of T: see
/// <kernel/fs/file_operations.hpp>; a TextFile shows text. Moves, does not copy. Files that are
/// open when the object or its folder ends return EIO, and hold the module until they are closed.
template <FileClass T>
class [[nodiscard]] DebugfsFile
{
	using Data = typename detail::DataOf<T>::Type;
	using Operations = detail::FileOperations<T, detail::DebugfsSource>;

public:
	/// Errors: as of DebugfsFolder. Context: may sleep.
	[[nodiscard]] static Result<DebugfsFile> make(const DebugfsFolder &folder, const char *name,
						      unsigned short mode,
						      Arc<Data> data) KCXX_MAY_SLEEP
	{
		// SAFETY: the name is copied, the table lives as long as the module, the data
		// until the file is removed.
		::dentry *entry = KTRY(Error::from_pointer(bindings::kcxx_debugfs_create_file(
			name, mode, folder.raw(), data.raw(), Operations::table())));
		return DebugfsFile{std::move(data), detail::DebugfsEntry{entry}};
	}

private:
	DebugfsFile(Arc<Data> data, detail::DebugfsEntry entry) noexcept
	    : data_{std::move(data)}, entry_{std::move(entry)}
	{
	}

	Arc<Data> data_;
	detail::DebugfsEntry entry_; // ends before the data that it shows
};

} // namespace kernel
