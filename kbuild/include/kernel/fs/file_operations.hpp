// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Classes of open files: functions for open(2), read(2) and so on. C API: struct
/// file_operations of <linux/fs.h>.
///
/// A driver's class has one object for each open file: open() makes it, and the destructor runs
/// when the last descriptor is closed. The class defines those of these members that its files
/// support; for the others the kernel returns EINVAL, ESPIPE, ENOTTY or ENODEV to user space.
///
///     static Result<Reader> open(const File &file);
///     static Result<Reader> open(const File &file, Arc<Data> data); // if it has a type Data
///     Result<> read(const File &file, UserWriter &to, Offset &position) const;
///     Result<> write(const File &file, UserReader &from, Offset &position) const;
///     Result<Offset> llseek(const File &file, Offset offset, Whence whence) const;
///     Result<> ioctl(const File &file, IoctlCall &call) const;
///     PollEvents poll(const File &file, PollTable &table) const;
///     Result<> mmap(const File &file, VmArea &area) const;
///
/// The members are const, because several tasks may call them for one file at once. State that
/// changes is a `mutable` member that is a lock or an atomic, or Data with such members. open()
/// may return Result<Reader>{std::in_place, …} if the object cannot move. `Data` is the class
/// of the object that the device was registered with; this object lives as long as a file is
/// open.
///
/// Context of all: a system call's; may sleep. Errors: user space gets what they return. An
/// open file holds the module: rmmod(8) reports that it is in use.

#pragma once

#include <concepts>
#include <limits>
#include <type_traits>
#include <utility>

#include <generated/bindings/fs/file_operations.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/file.hpp>
#include <kernel/fs/ioctl.hpp>
#include <kernel/fs/poll.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/memory/mm.hpp>
#include <kernel/memory/uaccess.hpp>
#include <kernel/module/module.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/types/constructed.hpp>
#include <kernel/types/has_member.hpp>

namespace kernel
{

namespace detail
{

KCXX_HAS_MEMBER(read);
KCXX_HAS_MEMBER(write);
KCXX_HAS_MEMBER(llseek);
KCXX_HAS_MEMBER(ioctl);
KCXX_HAS_MEMBER(poll);
KCXX_HAS_MEMBER(mmap);

/// The type of the data that a device is registered with: T::Data, or void
template <typename T>
struct DataOf {
	using Type = void;
};

template <typename T>
	requires requires { typename T::Data; }
struct DataOf<T> {
	using Type = typename T::Data;
};

/// Requires of read() and write() the types that they need
template <typename T>
constexpr void require_read_and_write()
{
	if constexpr (Has_read<T>)
		static_assert(
			requires(const T &object, const File &file, UserWriter &to, Offset &at) {
				{ object.read(file, to, at) } -> std::same_as<Result<>>;
			}, "kcxx-E1357: Result<> read(const File &, UserWriter &, Offset &) const: "
			   "const, for "
			   "several tasks may call it at once");
	if constexpr (Has_write<T>)
		static_assert(
			requires(const T &object, const File &file, UserReader &from, Offset &at) {
				{ object.write(file, from, at) } -> std::same_as<Result<>>;
			}, "kcxx-E1358: Result<> write(const File &, UserReader &, Offset &) "
			   "const: const, for "
			   "several tasks may call it at once");
}

/// Requires of each member the type that the table of operations needs
template <typename T>
constexpr void require_file_operations()
{
	static_assert(!std::is_final_v<T>,
		      "kcxx-E1359: a class of files is not final: its members are looked "
		      "for in a class derived from it");
	require_read_and_write<T>();
	if constexpr (Has_llseek<T>)
		static_assert(
			requires(const T &object, const File &file, Offset offset, Whence whence) {
				{
					object.llseek(file, offset, whence)
				} -> std::same_as<Result<Offset>>;
			}, "kcxx-E1360: Result<Offset> llseek(const File &, Offset, Whence) const: "
			   "const, for "
			   "several tasks may call it at once");
	if constexpr (Has_ioctl<T>)
		static_assert(
			requires(const T &object, const File &file, IoctlCall &call) {
				{ object.ioctl(file, call) } -> std::same_as<Result<>>;
			}, "kcxx-E1361: Result<> ioctl(const File &, IoctlCall &) const: const, "
			   "for several "
			   "tasks may call it at once");
	if constexpr (Has_poll<T>)
		static_assert(
			requires(const T &object, const File &file, PollTable &table) {
				{ object.poll(file, table) } -> std::same_as<PollEvents>;
			}, "kcxx-E1362: PollEvents poll(const File &, PollTable &) const: const, "
			   "for several "
			   "tasks may call it at once");
	if constexpr (Has_mmap<T>)
		static_assert(
			requires(const T &object, const File &file, VmArea &area) {
				{ object.mmap(file, area) } -> std::same_as<Result<>>;
			}, "kcxx-E1363: Result<> mmap(const File &, VmArea &) const: const, for "
			   "several tasks "
			   "may call it at once");
}

} // namespace detail

/// A class with one object for each open file
template <typename T>
concept FileClass = (requires(const File &file) {
			    { T::open(file) } -> std::same_as<Result<T>>;
		    } && std::is_void_v<typename detail::DataOf<T>::Type>) ||
		    requires(const File &file, Arc<typename detail::DataOf<T>::Type> data) {
			    { T::open(file, std::move(data)) } -> std::same_as<Result<T>>;
		    };

namespace detail
{

/// The data that a device is registered with: an Arc, or nothing
template <typename Data>
struct SharedData {
	Arc<Data> data;

	[[nodiscard]] void *raw() const { return data.raw(); }
};

template <>
struct SharedData<void> {
	[[nodiscard]] static void *raw() { return nullptr; }
};

/// The memory and the position of one read(2) or write(2), as the kernel gives them
template <typename Byte>
struct FileCall {
	Byte *memory;
	unsigned long size;
	Offset *position;

	[[nodiscard]] unsigned long address() const noexcept
	{
		return reinterpret_cast<unsigned long>(memory);
	}
};

/// Calls read(), and returns what C does: the number of bytes, or the negative errno
template <typename T>
[[nodiscard]] long read_for_c(const T &object, ::file *file, FileCall<char> call)
{
	UserWriter writer KCXX_CONSTRUCTED{call.address(), call.size};
	const Result<> done KCXX_CONSTRUCTED = object.read(File{file}, writer, *call.position);
	return done ? static_cast<long>(writer.passed()) : done.error().to_errno();
}

/// The same with write()
template <typename T>
[[nodiscard]] long write_for_c(const T &object, ::file *file, FileCall<const char> call)
{
	UserReader reader KCXX_CONSTRUCTED{call.address(), call.size};
	const Result<> done KCXX_CONSTRUCTED = object.write(File{file}, reader, *call.position);
	return done ? static_cast<long>(reader.passed()) : done.error().to_errno();
}

/// The members of C's struct of operations that a class of files sets
struct FilePlaces {
	using Struct = ::file_operations;

	static constexpr auto owner = &Struct::owner;
	static constexpr auto llseek = &Struct::llseek;
	static constexpr auto read = &Struct::read;
	static constexpr auto write = &Struct::write;
	static constexpr auto poll = &Struct::poll;
	static constexpr auto ioctl = &Struct::unlocked_ioctl;
#ifdef CONFIG_COMPAT
	static constexpr auto compat_ioctl = &Struct::compat_ioctl;
#endif
	static constexpr auto mmap = &Struct::mmap;
	static constexpr auto open = &Struct::open;
	static constexpr auto release = &Struct::release;
	/// True if the kernel calls llseek() without a check that it is set
	static constexpr bool needs_llseek = false;
};

/// The table of a class's operations. `Source` has `static void *data(inode *, file *)`, which
/// returns the data of the device when a file is opened. `Places` names the C struct and its
/// members.
template <FileClass T, typename Source, typename Places = FilePlaces>
class FileOperations
{
	using Struct = typename Places::Struct;

public:
	[[nodiscard]] static const Struct *table() noexcept
	{
		require_file_operations<T>();
		return &table_;
	}

private:
	using Data = typename DataOf<T>::Type;

	/// The object behind file->private_data. It holds a Result, as open() returns it,
	/// because T may be unable to move.
	struct Opened {
		Opened(const File &file, [[maybe_unused]] void *data) : result(made(file, data)) {}

		static Result<T> made(const File &file, [[maybe_unused]] void *data)
		{
			if constexpr (std::is_void_v<Data>) {
				return T::open(file);
			} else {
				// The device keeps its own reference.
				auto own = owner_of<Arc<Data>>(data);
				auto ours = own.clone();
				(void)kept_by_c(std::move(own));
				return T::open(file, std::move(ours));
			}
		}

		Result<T> result;
	};

	[[nodiscard]] static const T &object(::file *file) noexcept
	{
		const auto &result = static_cast<const Opened *>(file->private_data)->result;
		if (!result)
			__builtin_unreachable(); // open() leaves no other behind
		return *result;
	}

	// The kernel calls the functions below by exactly these types: kCFI compares them.

	static int open(::inode *inode, ::file *file)
	{
		auto opened = Box<Opened>::make(GFP_KERNEL, File{file}, Source::data(inode, file));
		if (!opened)
			return opened.error().to_errno();
		if (!(*opened)->result)
			return (*opened)->result.error().to_errno();
		file->private_data = kept_by_c(*std::move(opened));
		return 0;
	}

	static int release(::inode * /*inode*/, ::file *file)
	{
		const auto opened = owner_of<Box<Opened>>(file->private_data);
		return 0;
	}

	// NOLINTNEXTLINE(*-non-const-parameter): C's prototype
	static long read(::file *file, char *to, unsigned long size, long long *position)
	{
		return read_for_c(object(file), file, {to, size, position});
	}

	static long write(::file *file, const char *from, unsigned long size,
			  long long *position) // NOLINT(*-non-const-parameter): C's prototype
	{
		return write_for_c(object(file), file, {from, size, position});
	}

	static long long llseek(::file *file, long long offset, int whence)
	{
		const Result<Offset> place =
			object(file).llseek(File{file}, offset, static_cast<Whence>(whence));
		if (!place)
			return place.error().to_errno();
		// SAFETY: the file is open; the kernel refuses an invalid position.
		return bindings::vfs_setpos(file, *place, std::numeric_limits<Offset>::max());
	}

	static long long no_llseek(::file * /*file*/, long long /*offset*/, int /*whence*/)
	{
		return ESPIPE.to_errno();
	}

	static long ioctl(::file *file, unsigned int command, unsigned long argument)
	{
		IoctlCall call KCXX_CONSTRUCTED{command, argument};
		const Result<> done KCXX_CONSTRUCTED = object(file).ioctl(File{file}, call);
		return to_c(done);
	}

	static unsigned int poll(::file *file, ::poll_table_struct *raw)
	{
		PollTable table{file, raw};
		return static_cast<unsigned int>(object(file).poll(File{file}, table));
	}

	static int mmap(::file *file, ::vm_area_struct *raw)
	{
		VmArea area{raw};
		const Result<> done KCXX_CONSTRUCTED = object(file).mmap(File{file}, area);
		return to_c(done);
	}

	[[nodiscard]] static consteval Struct made()
	{
		Struct table{};
		// THIS_MODULE: an open file holds the module.
		if constexpr (requires { Places::owner; })
			table.*Places::owner = &bindings::__this_module;
		table.*Places::open = &open;
		table.*Places::release = &release;
		if constexpr (Has_read<T>)
			table.*Places::read = &read;
		if constexpr (Has_write<T>)
			table.*Places::write = &write;
		if constexpr (Has_llseek<T>)
			table.*Places::llseek = &llseek;
		else if constexpr (Places::needs_llseek)
			table.*Places::llseek = &no_llseek;
		if constexpr (Has_poll<T>)
			table.*Places::poll = &poll;
		if constexpr (Has_mmap<T>)
			table.*Places::mmap = &mmap;
		if constexpr (Has_ioctl<T>) {
			table.*Places::ioctl = &ioctl;
#ifdef CONFIG_COMPAT
			// For 32-bit programs the kernel extends the address to 64 bits;
			// nothing else is needed.
			table.*Places::compat_ioctl = &bindings::compat_ptr_ioctl;
#endif
		}
		return table;
	}

	static const Struct table_;
};

template <FileClass T, typename Source, typename Places>
constinit const typename Places::Struct FileOperations<T, Source, Places>::table_ =
	FileOperations<T, Source, Places>::made();

} // namespace detail
} // namespace kernel
