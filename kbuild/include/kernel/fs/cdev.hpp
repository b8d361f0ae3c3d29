// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Character devices of a region: one major number and several minor ones. C API:
/// <linux/cdev.h>, alloc_chrdev_region() of <linux/fs.h>.

#pragma once

#include <type_traits>
#include <utility>

#include <generated/bindings/fs/cdev.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/file_operations.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/module/module.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

namespace detail
{

/// The devices of a region, and the data of their files' class. An open file holds the cdev, and
/// so does an open() that has begun when the cdev is deleted; the cdev holds its parent, the
/// kobject, with which the whole object ends.
template <typename Data>
class CharRegistration : public ::kobject, public ::cdev
{
public:
	/// Errors: as of CharDevice::make()
	[[nodiscard]] static Result<CharRegistration *> make(SharedData<Data> shared)
	{
		auto made = KTRY(Box<CharRegistration>::make(GFP_KERNEL, std::move(shared)));
		// SAFETY: no other code sees the object yet.
		bindings::kobject_init(made->parent(), &type);
		return kept_by_c(std::move(made));
	}

	explicit CharRegistration(SharedData<Data> shared)
	    : ::kobject{}, ::cdev{}, shared_{std::move(shared)}
	{
	}

	/// Errors: as of CharDevice::make()
	[[nodiscard]] Result<> add(const char *of_class, unsigned int minors,
				   const ::file_operations *operations)
	{
		// SAFETY, of all: make() made the object. The table lives as long as the module.
		::dev_t first = 0;
		KTRY(to_result(bindings::alloc_chrdev_region(&first, 0, minors, of_class)));
		bindings::cdev_init(this, operations);
		this->::cdev::owner = &bindings::__this_module;
		bindings::cdev_set_parent(this, parent());
		const Result<> added = to_result(bindings::cdev_add(this, first, minors));
		if (!added)
			bindings::unregister_chrdev_region(first, minors);
		return added;
	}

	/// Undoes add()
	void remove()
	{
		const ::dev_t first = this->::cdev::dev;
		const unsigned int minors = this->::cdev::count;
		// SAFETY, of both: add() made them, and they end once; open files hold the cdev.
		bindings::cdev_del(this);
		bindings::unregister_chrdev_region(first, minors);
	}

	/// Gives up make()'s reference
	void put()
	{
		// SAFETY: once for each make()
		bindings::kobject_put(parent());
	}

	[[nodiscard]] unsigned int major() const { return this->::cdev::dev >> KCXX_MINORBITS; }

	/// For FileOperations: an open of a file holds the device.
	static void *data(::inode *inode, ::file * /*file*/)
	{
		return static_cast<CharRegistration *>(inode->i_cdev)->shared_.raw();
	}

private:
	[[nodiscard]] ::kobject *parent() noexcept { return this; }

	static void release(::kobject *kobject)
	{
		const auto last =
			owner_of<Box<CharRegistration>>(static_cast<CharRegistration *>(kobject));
	}

	[[nodiscard]] static consteval ::kobj_type made_type()
	{
		::kobj_type made{};
		made.release = &release;
		return made;
	}

	static const ::kobj_type type;

	SharedData<Data> shared_;
};

template <typename Data>
constinit const ::kobj_type CharRegistration<Data>::type = made_type();

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
	using Registration = detail::CharRegistration<Data>;
	using Operations = detail::FileOperations<T, Registration>;

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
		return registered(name, minors, {});
	}

	/// The same, with data that every open() gets.
	template <typename Shared = Data>
		requires std::is_same_v<Shared, Data>
	[[nodiscard]] static Result<CharDevice> make(const char *name, unsigned int minors,
						     Arc<Shared> data) KCXX_MAY_SLEEP
	{
		return registered(name, minors, {std::move(data)});
	}

	CharDevice(const CharDevice &) = delete;
	CharDevice &operator=(const CharDevice &) = delete;

	/// Leaves `other` without devices. Context: any.
	CharDevice(CharDevice &&other) noexcept : device_{std::exchange(other.device_, nullptr)} {}

	/// Ends devices of this object before. Context: may sleep.
	CharDevice &operator=(CharDevice &&other) noexcept
	{
		const CharDevice old{std::exchange(device_, std::exchange(other.device_, nullptr))};
		return *this;
	}

	/// Context: may sleep.
	~CharDevice() KCXX_MAY_SLEEP
	{
		if (device_ == nullptr)
			return;
		device_->remove();
		device_->put();
	}

	/// The major number, as in /proc/devices. Context: any.
	[[nodiscard]] unsigned int major() const { return device_->major(); }

private:
	explicit CharDevice(Registration *device) noexcept : device_{device} {}

	[[nodiscard]] static Result<CharDevice> registered(const char *name, unsigned int minors,
							   detail::SharedData<Data> shared)
	{
		if (minors == 0)
			return EINVAL;
		Registration *device = KTRY(Registration::make(std::move(shared)));
		const Result<> added = device->add(name, minors, Operations::table());
		if (!added) {
			device->put();
			return added.error();
		}
		return CharDevice{device};
	}

	Registration *device_;
};

} // namespace kernel
