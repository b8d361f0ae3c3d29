// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Character devices of a region: one major number and several minor ones. C API:
/// <linux/cdev.h>, alloc_chrdev_region() of <linux/fs.h>.

#pragma once

#include <type_traits>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/file_operations.hpp>
#include <kernel/module/module.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/sync/context.hpp>

struct kcxx_cdev;

namespace kernel
{

namespace detail
{

struct CharSource {
	static void *data(struct inode *inode, struct file * /*file*/)
	{
		// SAFETY: an open of the file holds the device.
		return bindings::kcxx_cdev_data(inode);
	}
};

} // namespace detail

/// Devices with the minor numbers from 0 on, as long as this object lives. Their open files are
/// objects of T: see <kernel/fs/file_operations.hpp>; File::minor() returns the number of the one
/// that was opened. /proc/devices has the name and the major number, mknod(1) makes the nodes.
/// Moves, does not copy. Files that are open when the object ends stay open until they are
/// closed.
///
///     auto devices = KTRY(CharDevice<Channel>::make("pump", 4));
template <FileClass T>
class [[nodiscard]] CharDevice
{
	using Data = typename detail::DataOf<T>::Type;
	using Operations = FileOperations<T, detail::CharSource>;

public:
	/// Registers `minors` devices; the name is copied. From now on they may be opened.
	///
	/// Errors: EBUSY if no major number is left; EINVAL if there are not so many minor
	/// numbers; ENOMEM. Context: may sleep.
	template <typename Shared = Data>
		requires std::is_void_v<Shared>
	[[nodiscard]] static Result<CharDevice> make(const char *name,
						     unsigned int minors) KCXX_MAY_SLEEP
	{
		return registered(name, minors, nullptr, nullptr);
	}

	/// The same, with data that every open() gets.
	template <typename Shared = Data>
		requires std::is_same_v<Shared, Data>
	[[nodiscard]] static Result<CharDevice> make(const char *name, unsigned int minors,
						     Arc<Shared> data) KCXX_MAY_SLEEP
	{
		auto devices = registered(name, minors, &*data, &drop);
		if (devices)
			(void)data.release(); // the last file drops it
		return devices;
	}

	CharDevice(const CharDevice &) = delete;
	CharDevice &operator=(const CharDevice &) = delete;

	CharDevice(CharDevice &&other) noexcept : device_{std::exchange(other.device_, nullptr)} {}

	CharDevice &operator=(CharDevice &&other) noexcept
	{
		const CharDevice old{std::exchange(device_, std::exchange(other.device_, nullptr))};
		return *this;
	}

	/// Context: may sleep.
	~CharDevice()
	{
		if (device_ == nullptr)
			return;
		// SAFETY: the device was added, and is deleted once; open files hold it.
		bindings::kcxx_cdev_del(device_);
		// SAFETY: the reference of the allocation.
		bindings::kcxx_cdev_put(device_);
	}

	/// The major number, as in /proc/devices. Context: any.
	[[nodiscard]] unsigned int major() const
	{
		// SAFETY: the device is registered.
		return bindings::kcxx_cdev_major(device_);
	}

private:
	explicit CharDevice(struct kcxx_cdev *device) noexcept : device_{device} {}

	/// A function of the type that C calls
	static void drop(void *data)
	{
		const auto last = Arc<Data>::adopt(static_cast<Data *>(data));
	}

	[[nodiscard]] static Result<CharDevice> registered(const char *name, unsigned int minors,
							   void *data, void (*drop)(void *))
	{
		if (minors == 0)
			return EINVAL;
		// SAFETY: null is handled.
		struct kcxx_cdev *device = bindings::kcxx_cdev_alloc();
		if (device == nullptr) [[unlikely]]
			return ENOMEM;
		// SAFETY: no other code sees the device yet. The table lives as long as the
		// module.
		bindings::kcxx_cdev_set_data(device, data, drop);
		const Result<> added = to_result(bindings::kcxx_cdev_add(
			device, name, minors, Operations::table(), &bindings::__this_module));
		if (!added) {
			// SAFETY: the device was not added; the caller keeps the data.
			bindings::kcxx_cdev_set_data(device, nullptr, nullptr);
			// SAFETY: the reference of the allocation.
			bindings::kcxx_cdev_put(device);
			return added.error();
		}
		return CharDevice{device};
	}

	struct kcxx_cdev *device_;
};

} // namespace kernel
