// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Open files, and how they were opened. C API: <linux/fs.h>, <linux/fcntl.h>.

#pragma once

#include <cstddef>

#include <generated/kcxx-bindings.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/rwonce.hpp>

struct file;

namespace kernel
{

/// A position in a file, or a distance: loff_t in C
using Offset = long long;

/// Flags of open(2), as changed by fcntl(2): `O_RDWR | O_NONBLOCK`
enum FileFlags : unsigned int {}; // not a class: C's functions take them as integers

constexpr FileFlags operator|(FileFlags a, FileFlags b) noexcept
{
	return static_cast<FileFlags>(static_cast<unsigned int>(a) | static_cast<unsigned int>(b));
}

constexpr FileFlags operator&(FileFlags a, FileFlags b) noexcept
{
	return static_cast<FileFlags>(static_cast<unsigned int>(a) & static_cast<unsigned int>(b));
}

inline constexpr FileFlags O_ACCMODE{KCXX_O_ACCMODE}; ///< the mask of the next three
inline constexpr FileFlags O_RDONLY{KCXX_O_RDONLY};
inline constexpr FileFlags O_WRONLY{KCXX_O_WRONLY};
inline constexpr FileFlags O_RDWR{KCXX_O_RDWR};
inline constexpr FileFlags O_APPEND{KCXX_O_APPEND};
inline constexpr FileFlags O_ASYNC{KCXX_O_ASYNC};
inline constexpr FileFlags O_CLOEXEC{KCXX_O_CLOEXEC};
inline constexpr FileFlags O_CREAT{KCXX_O_CREAT};
inline constexpr FileFlags O_DIRECT{KCXX_O_DIRECT};
inline constexpr FileFlags O_DIRECTORY{KCXX_O_DIRECTORY};
inline constexpr FileFlags O_DSYNC{KCXX_O_DSYNC};
inline constexpr FileFlags O_EXCL{KCXX_O_EXCL};
inline constexpr FileFlags O_LARGEFILE{KCXX_O_LARGEFILE};
inline constexpr FileFlags O_NDELAY{KCXX_O_NDELAY};
inline constexpr FileFlags O_NOATIME{KCXX_O_NOATIME};
inline constexpr FileFlags O_NOCTTY{KCXX_O_NOCTTY};
inline constexpr FileFlags O_NOFOLLOW{KCXX_O_NOFOLLOW};
inline constexpr FileFlags O_NONBLOCK{KCXX_O_NONBLOCK};
inline constexpr FileFlags O_PATH{KCXX_O_PATH};
inline constexpr FileFlags O_SYNC{KCXX_O_SYNC};
inline constexpr FileFlags O_TMPFILE{KCXX_O_TMPFILE};
inline constexpr FileFlags O_TRUNC{KCXX_O_TRUNC};

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
	explicit File(struct file *raw) noexcept : raw_{raw} {}
	File(const File &) = delete;
	File &operator=(const File &) = delete;
	~File() = default;

	[[nodiscard]] FileFlags flags() const noexcept
	{
		// fcntl(2) may change them meanwhile.
		return static_cast<FileFlags>(read_once(at<unsigned int, KCXX_FILE_FLAGS>(raw_)));
	}

	/// True if all of `wanted` are set; not for the access mode, whose O_RDONLY is 0
	[[nodiscard]] bool has(FileFlags wanted) const noexcept
	{
		return (flags() & wanted) == wanted;
	}

	/// O_RDONLY, O_WRONLY or O_RDWR
	[[nodiscard]] FileFlags access_mode() const noexcept { return flags() & O_ACCMODE; }

	/// The position of the next read or write, from which SEEK_CUR counts
	[[nodiscard]] Offset position() const noexcept
	{
		return read_once(at<Offset, KCXX_FILE_POSITION>(raw_));
	}

	/// The result of llseek() for a file of `size` bytes. Errors: EINVAL if the position
	/// would be outside; ENXIO for Whence::data and Whence::hole.
	[[nodiscard]] Result<Offset> seek_within(Offset size, Offset offset, Whence whence) const
	{
		// SAFETY: raw_ is open; any offset is allowed.
		return from_c(bindings::kcxx_fixed_size_llseek(raw_, offset,
							       static_cast<int>(whence), size));
	}

	/// The minor number of the device that was opened
	[[nodiscard]] unsigned int minor() const
	{
		// SAFETY: raw_ is open, so it has an inode.
		return bindings::kcxx_file_minor(raw_);
	}

	/// For C functions
	[[nodiscard]] struct file *raw() const noexcept { return raw_; }

	/// file->private_data: the library's own, where FileOperations keeps its object
	[[nodiscard]] static void *&private_data(struct file *raw) noexcept
	{
		return at<void *, KCXX_FILE_PRIVATE_DATA>(raw);
	}

private:
	/// A member of the C struct, at an offset from <generated/kcxx-bindings.hpp>
	template <typename T, std::size_t Place>
	static T &at(struct file *raw) noexcept
	{
		return *reinterpret_cast<T *>(reinterpret_cast<std::byte *>(raw) + Place);
	}

	struct file *raw_;
};

} // namespace kernel
