// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Open files, and how they were opened. C API: <linux/fs.h>, <linux/fcntl.h>.

#pragma once

#include <generated/bindings/fs/file.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/rwonce.hpp>

namespace kernel
{

// sizeof: the bindings then have the members.
static_assert(alignof(::file) > 0);

/// A position in a file, or a distance: loff_t in C
using Offset = long long;

/// Flags of open(2), as changed by fcntl(2): `O_RDWR | O_NONBLOCK`
enum FileFlags : unsigned int {}; // not a class: C's functions take them as integers

/// All flags of both
constexpr FileFlags operator|(FileFlags a, FileFlags b) noexcept
{
	return static_cast<FileFlags>(static_cast<unsigned int>(a) | static_cast<unsigned int>(b));
}

/// The flags that both have
constexpr FileFlags operator&(FileFlags a, FileFlags b) noexcept
{
	return static_cast<FileFlags>(static_cast<unsigned int>(a) & static_cast<unsigned int>(b));
}

inline constexpr FileFlags O_ACCMODE{KCXX_O_ACCMODE};     ///< the mask of the next three
inline constexpr FileFlags O_RDONLY{KCXX_O_RDONLY};       ///< open to read
inline constexpr FileFlags O_WRONLY{KCXX_O_WRONLY};       ///< open to write
inline constexpr FileFlags O_RDWR{KCXX_O_RDWR};           ///< open to read and write
inline constexpr FileFlags O_APPEND{KCXX_O_APPEND};       ///< each write is at the end
inline constexpr FileFlags O_ASYNC{KCXX_O_ASYNC};         ///< signals when the file is ready
inline constexpr FileFlags O_CLOEXEC{KCXX_O_CLOEXEC};     ///< execve(2) closes the descriptor
inline constexpr FileFlags O_CREAT{KCXX_O_CREAT};         ///< makes the file if it is missing
inline constexpr FileFlags O_DIRECT{KCXX_O_DIRECT};       ///< bypasses the page cache
inline constexpr FileFlags O_DIRECTORY{KCXX_O_DIRECTORY}; ///< fails if it is no directory
inline constexpr FileFlags O_DSYNC{KCXX_O_DSYNC}; ///< writes return when the data are stored
inline constexpr FileFlags O_EXCL{KCXX_O_EXCL};   ///< with O_CREAT: fails if the file exists
inline constexpr FileFlags O_LARGEFILE{KCXX_O_LARGEFILE}; ///< positions may have more than 31 bits
inline constexpr FileFlags O_NDELAY{KCXX_O_NDELAY};       ///< O_NONBLOCK
inline constexpr FileFlags O_NOATIME{KCXX_O_NOATIME};     ///< reads leave the time of access
inline constexpr FileFlags O_NOCTTY{KCXX_O_NOCTTY}; ///< does not become the controlling terminal
inline constexpr FileFlags O_NOFOLLOW{KCXX_O_NOFOLLOW}; ///< fails if it is a symbolic link
inline constexpr FileFlags O_NONBLOCK{KCXX_O_NONBLOCK}; ///< returns EAGAIN in place of waiting
inline constexpr FileFlags O_PATH{KCXX_O_PATH};         ///< a place in the file tree alone
inline constexpr FileFlags O_SYNC{KCXX_O_SYNC};         ///< O_DSYNC, for metadata too
inline constexpr FileFlags O_TMPFILE{KCXX_O_TMPFILE};   ///< makes a file without a name
inline constexpr FileFlags O_TRUNC{KCXX_O_TRUNC};       ///< the size becomes 0

/// The origin of an offset
enum class Whence : int {
	set = KCXX_SEEK_SET,
	current = KCXX_SEEK_CUR,
	end = KCXX_SEEK_END,
	data = KCXX_SEEK_DATA,
	hole = KCXX_SEEK_HOLE,
};

/// An open file, valid during one call by the kernel: do not keep it. Context of all: any.
class File
{
public:
	/// For the library, which gets the C file from the kernel
	explicit File(::file *raw) noexcept : raw_{raw} {}
	File(const File &) = delete;
	File &operator=(const File &) = delete;
	~File() = default;

	/// The flags of open(2), as fcntl(2) left them: f_flags
	[[nodiscard]] FileFlags flags() const noexcept
	{
		// fcntl(2) may change them meanwhile.
		return static_cast<FileFlags>(read_once(raw_->f_flags));
	}

	/// True if all of `wanted` are set; not for the access mode, whose O_RDONLY is 0
	[[nodiscard]] bool has(FileFlags wanted) const noexcept
	{
		return (flags() & wanted) == wanted;
	}

	/// O_RDONLY, O_WRONLY or O_RDWR
	[[nodiscard]] FileFlags access_mode() const noexcept { return flags() & O_ACCMODE; }

	/// The position of the next read or write, from which SEEK_CUR counts
	[[nodiscard]] Offset position() const noexcept { return read_once(raw_->f_pos); }

	/// The result of llseek() for a file of `size` bytes. Errors: EINVAL if the position
	/// would be outside; ENXIO for Whence::data and Whence::hole.
	[[nodiscard]] Result<Offset> seek_within(Offset size, Offset offset, Whence whence) const
	{
		// SAFETY: raw_ is open; any offset is allowed.
		return from_c(
			bindings::fixed_size_llseek(raw_, offset, static_cast<int>(whence), size));
	}

	/// The minor number of the device that was opened
	[[nodiscard]] unsigned int minor() const
	{
		// SAFETY: raw_ is open, so it has an inode.
		return bindings::iminor(bindings::file_inode(raw_));
	}

	/// For C functions
	[[nodiscard]] ::file *raw() const noexcept { return raw_; }

private:
	::file *raw_;
};

} // namespace kernel
