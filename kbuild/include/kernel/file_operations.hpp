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

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/arc.hpp>
#include <kernel/box.hpp>
#include <kernel/error.hpp>
#include <kernel/file.hpp>
#include <kernel/has_member.hpp>
#include <kernel/ioctl.hpp>
#include <kernel/mm.hpp>
#include <kernel/module.hpp>
#include <kernel/poll.hpp>
#include <kernel/uaccess.hpp>

struct inode;
struct file_operations;

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

/// Requires of each member the type that the table of operations needs
template <typename T>
constexpr void require_file_operations()
{
	static_assert(!std::is_final_v<T>, "a class of files is not final: its members are looked "
					   "for in a class derived from it");
	if constexpr (Has_read<T>)
		static_assert(
			requires(const T &object, const File &file, UserWriter &to, Offset &at) {
				{ object.read(file, to, at) } -> std::same_as<Result<>>;
			}, "Result<> read(const File &, UserWriter &, Offset &) const: const, for "
			   "several tasks may call it at once");
	if constexpr (Has_write<T>)
		static_assert(
			requires(const T &object, const File &file, UserReader &from, Offset &at) {
				{ object.write(file, from, at) } -> std::same_as<Result<>>;
			}, "Result<> write(const File &, UserReader &, Offset &) const: const, for "
			   "several tasks may call it at once");
	if constexpr (Has_llseek<T>)
		static_assert(
			requires(const T &object, const File &file, Offset offset, Whence whence) {
				{
					object.llseek(file, offset, whence)
				} -> std::same_as<Result<Offset>>;
			}, "Result<Offset> llseek(const File &, Offset, Whence) const: const, for "
			   "several tasks may call it at once");
	if constexpr (Has_ioctl<T>)
		static_assert(
			requires(const T &object, const File &file, IoctlCall &call) {
				{ object.ioctl(file, call) } -> std::same_as<Result<>>;
			}, "Result<> ioctl(const File &, IoctlCall &) const: const, for several "
			   "tasks may call it at once");
	if constexpr (Has_poll<T>)
		static_assert(
			requires(const T &object, const File &file, PollTable &table) {
				{ object.poll(file, table) } -> std::same_as<PollEvents>;
			}, "PollEvents poll(const File &, PollTable &) const: const, for several "
			   "tasks may call it at once");
	if constexpr (Has_mmap<T>)
		static_assert(
			requires(const T &object, const File &file, VmArea &area) {
				{ object.mmap(file, area) } -> std::same_as<Result<>>;
			}, "Result<> mmap(const File &, VmArea &) const: const, for several tasks "
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

/// The offsets of the members of struct file_operations
struct FilePlaces {
	using Struct = struct file_operations;

	static constexpr std::size_t size = KCXX_SIZEOF_FILE_OPERATIONS;
	static constexpr std::size_t owner = KCXX_FILE_OPERATIONS_OWNER;
	static constexpr std::size_t llseek = KCXX_FILE_OPERATIONS_LLSEEK;
	static constexpr std::size_t read = KCXX_FILE_OPERATIONS_READ;
	static constexpr std::size_t write = KCXX_FILE_OPERATIONS_WRITE;
	static constexpr std::size_t poll = KCXX_FILE_OPERATIONS_POLL;
	static constexpr std::size_t ioctl = KCXX_FILE_OPERATIONS_UNLOCKED_IOCTL;
#ifdef CONFIG_COMPAT
	static constexpr std::size_t compat_ioctl = KCXX_FILE_OPERATIONS_COMPAT_IOCTL;
#endif
	static constexpr std::size_t mmap = KCXX_FILE_OPERATIONS_MMAP;
	static constexpr std::size_t open = KCXX_FILE_OPERATIONS_OPEN;
	static constexpr std::size_t release = KCXX_FILE_OPERATIONS_RELEASE;
	/// True if the kernel calls llseek() without a check that it is set
	static constexpr bool needs_llseek = false;
};

/// The table of a class's operations. `Source` has `static void *data(inode *, file *)`, which
/// returns the data of the device when a file is opened. `Places` describes the C struct of the
/// table.
template <FileClass T, typename Source, typename Places = FilePlaces>
class FileOperations
{
public:
	[[nodiscard]] static const typename Places::Struct *table() noexcept
	{
		detail::require_file_operations<T>();
		return reinterpret_cast<const typename Places::Struct *>(&table_);
	}

private:
	using Data = typename detail::DataOf<T>::Type;

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
				auto own = Arc<Data>::adopt(static_cast<Data *>(data));
				auto ours = own.clone();
				(void)own.release();
				return T::open(file, std::move(ours));
			}
		}

		Result<T> result;
	};

	[[nodiscard]] static const T &object(struct file *file) noexcept
	{
		return **static_cast<const Result<T> *>(
			&static_cast<const Opened *>(File::private_data(file))->result);
	}

	// The kernel calls the functions below by exactly these types: kCFI compares them.

	static int open(struct inode *inode, struct file *file)
	{
		auto opened = Box<Opened>::make(GFP_KERNEL, File{file}, Source::data(inode, file));
		if (!opened)
			return opened.error().to_errno();
		if (!(*opened)->result)
			return (*opened)->result.error().to_errno();
		File::private_data(file) = opened->release();
		return 0;
	}

	static int release(struct inode * /*inode*/, struct file *file)
	{
		const auto opened =
			Box<Opened>::adopt(static_cast<Opened *>(File::private_data(file)));
		return 0;
	}

	// NOLINTNEXTLINE(*-non-const-parameter): C's prototype
	static long read(struct file *file, char *to, unsigned long size, long long *position)
	{
		UserWriter writer{reinterpret_cast<unsigned long>(to), size};
		const Result<> done = object(file).read(File{file}, writer, *position);
		return done ? static_cast<long>(writer.passed()) : done.error().to_errno();
	}

	static long write(struct file *file, const char *from, unsigned long size,
			  long long *position) // NOLINT(*-non-const-parameter): C's prototype
	{
		UserReader reader{reinterpret_cast<unsigned long>(from), size};
		const Result<> done = object(file).write(File{file}, reader, *position);
		return done ? static_cast<long>(reader.passed()) : done.error().to_errno();
	}

	static long long llseek(struct file *file, long long offset, int whence)
	{
		const Result<Offset> place =
			object(file).llseek(File{file}, offset, static_cast<Whence>(whence));
		if (!place)
			return place.error().to_errno();
		// SAFETY: the file is open; the kernel refuses an invalid position.
		return kcxx_vfs_setpos(file, *place);
	}

	static long long no_llseek(struct file * /*file*/, long long /*offset*/, int /*whence*/)
	{
		return ESPIPE.to_errno();
	}

	static long ioctl(struct file *file, unsigned int command, unsigned long argument)
	{
		IoctlCall call{command, argument};
		const Result<> done = object(file).ioctl(File{file}, call);
		return to_c(done);
	}

	static unsigned int poll(struct file *file, struct poll_table_struct *raw)
	{
		PollTable table{file, raw};
		return static_cast<unsigned int>(object(file).poll(File{file}, table));
	}

	static int mmap(struct file *file, struct vm_area_struct *raw)
	{
		VmArea area{raw};
		const Result<> done = object(file).mmap(File{file}, area);
		return to_c(done);
	}

	/// A member of the C struct: all are of the size of a pointer, or padded to it.
	union Slot {
		const void *nothing;
		kcxx_struct_module *owner;
		decltype(&open) open_or_release;
		decltype(&read) read_;
		decltype(&write) write_;
		decltype(&llseek) llseek_;
		decltype(&ioctl) ioctl_;
		decltype(&poll) poll_;
		decltype(&mmap) mmap_;
	};
	static_assert(sizeof(Slot) == sizeof(void *) && Places::size % sizeof(Slot) == 0 &&
			      KCXX_ALIGNOF_FILE_OPERATIONS <= alignof(Slot),
		      "the struct of operations is not what kcxx knows");

	using Table = std::array<Slot, Places::size / sizeof(Slot)>;

	[[nodiscard]] static consteval Table made()
	{
		Table table{};
		const auto at = [&table](std::size_t place) -> Slot & {
			return table[place / sizeof(Slot)];
		};
		// THIS_MODULE: an open file holds the module.
		if constexpr (requires { Places::owner; })
			at(Places::owner).owner = &__this_module;
		at(Places::open).open_or_release = &open;
		at(Places::release).open_or_release = &release;
		if constexpr (detail::Has_read<T>)
			at(Places::read).read_ = &read;
		if constexpr (detail::Has_write<T>)
			at(Places::write).write_ = &write;
		if constexpr (detail::Has_llseek<T>)
			at(Places::llseek).llseek_ = &llseek;
		else if constexpr (Places::needs_llseek)
			at(Places::llseek).llseek_ = &no_llseek;
		if constexpr (detail::Has_poll<T>)
			at(Places::poll).poll_ = &poll;
		if constexpr (detail::Has_mmap<T>)
			at(Places::mmap).mmap_ = &mmap;
		if constexpr (detail::Has_ioctl<T>) {
			at(Places::ioctl).ioctl_ = &ioctl;
#ifdef CONFIG_COMPAT
			// For 32-bit programs the kernel extends the address to 64 bits;
			// nothing else is needed.
			at(Places::compat_ioctl).ioctl_ = &::compat_ptr_ioctl;
#endif
		}
		return table;
	}

	static constinit const Table table_;
};

template <FileClass T, typename Source, typename Places>
constinit const typename FileOperations<T, Source, Places>::Table
	FileOperations<T, Source, Places>::table_ = FileOperations<T, Source, Places>::made();

} // namespace kernel
