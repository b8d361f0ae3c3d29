// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files in /proc. C API: <linux/proc_fs.h>.

#pragma once

#include <utility>

#include <generated/bindings/fs/proc_fs.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/file_operations.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

namespace detail
{

/// The members of struct proc_ops. The struct has no owner, because the removal of an entry
/// closes its files.
struct ProcPlaces {
	using Struct = ::proc_ops;

	static constexpr auto llseek = &Struct::proc_lseek;
	static constexpr auto read = &Struct::proc_read;
	static constexpr auto write = &Struct::proc_write;
	static constexpr auto poll = &Struct::proc_poll;
	static constexpr auto ioctl = &Struct::proc_ioctl;
#ifdef CONFIG_COMPAT
	static constexpr auto compat_ioctl = &Struct::proc_compat_ioctl;
#endif
	static constexpr auto mmap = &Struct::proc_mmap;
	static constexpr auto open = &Struct::proc_open;
	static constexpr auto release = &Struct::proc_release;
	static constexpr bool needs_llseek = true;
};

struct ProcSource {
	static void *data(::inode *inode, ::file * /*file*/)
	{
		// SAFETY: an open of a file uses the entry, which is not removed meanwhile.
		return bindings::pde_data(inode);
	}
};

} // namespace detail

/// The file `/proc/<name>`, as long as this object lives. Its open files are objects of T: see
/// <kernel/fs/file_operations.hpp>; a TextFile shows text. Moves, does not copy. When the object
/// ends, its open files are closed: they do not hold the module.
///
///     auto file = KTRY(ProcFile<TextFile<Statistics>>::make("pump", 0444, statistics.clone()));
template <FileClass T>
class [[nodiscard]] ProcFile
{
	using Data = typename detail::DataOf<T>::Type;
	using Operations = detail::FileOperations<T, detail::ProcSource, detail::ProcPlaces>;

public:
	/// Makes the file, and gives `data` to each open(); the name is copied. The kernel
	/// warns if there is such a file already.
	///
	/// Errors: ENOMEM, also if the name is refused. Context: may sleep.
	[[nodiscard]] static Result<ProcFile> make(const char *name, unsigned short mode,
						   Arc<Data> data) KCXX_MAY_SLEEP
	{
		// SAFETY: the table lives as long as the module, the data until it is removed.
		::proc_dir_entry *entry = bindings::kcxx_proc_create_data(
			name, mode, Operations::table(), data.raw());
		if (entry == nullptr) [[unlikely]]
			return ENOMEM;
		return ProcFile{entry, std::move(data)};
	}

	ProcFile(const ProcFile &) = delete;
	ProcFile &operator=(const ProcFile &) = delete;
	/// Leaves `other` without a file. Context: any.
	ProcFile(ProcFile &&other) noexcept
	    : entry_{std::exchange(other.entry_, nullptr)}, data_{std::move(other.data_)}
	{
	}

	/// Ends the file of this object before. Context: may sleep.
	ProcFile &operator=(ProcFile &&other) noexcept
	{
		const ProcFile old{std::move(*this)};
		entry_ = std::exchange(other.entry_, nullptr);
		data_ = std::move(other.data_);
		return *this;
	}

	/// Waits for calls that are under way. Context: may sleep.
	~ProcFile() KCXX_MAY_SLEEP
	{
		if (entry_ != nullptr)
			// SAFETY: the entry was made, and is removed once.
			bindings::proc_remove(entry_);
	}

private:
	ProcFile(::proc_dir_entry *entry, Arc<Data> data) noexcept
	    : entry_{entry}, data_{std::move(data)}
	{
	}

	::proc_dir_entry *entry_;
	Arc<Data> data_;
};

} // namespace kernel
