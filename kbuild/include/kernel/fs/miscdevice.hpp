// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Character devices with one node: `/dev/<name>`. C API: <linux/miscdevice.h>.

#pragma once

#include <string_view>
#include <type_traits>
#include <utility>

#include <generated/bindings/fs/miscdevice.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/file_operations.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/module/live_objects.hpp>
#include <kernel/string.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

namespace detail
{

/// A device and the data of its files' class. The kernel keeps pointers to it.
template <typename Data>
class MiscRegistration : ::miscdevice
{
public:
	MiscRegistration(String named, SharedData<Data> shared)
	    : ::miscdevice{}, name_{std::move(named)}, shared_{std::move(shared)}
	{
	}
	MiscRegistration(const MiscRegistration &) = delete;
	MiscRegistration &operator=(const MiscRegistration &) = delete;
	~MiscRegistration() KCXX_MAY_SLEEP
	{
		if (registered_)
			// SAFETY: the device was registered, and is deregistered once.
			bindings::misc_deregister(this);
	}

	/// Registers the device. Errors: as of MiscDevice::make()
	[[nodiscard]] Result<> add(unsigned short permissions, const ::file_operations *operations)
	{
		this->::miscdevice::minor = KCXX_MISC_DYNAMIC_MINOR;
		this->::miscdevice::name = name_.c_str();
		this->::miscdevice::fops = operations;
		this->::miscdevice::mode = permissions;
		// SAFETY: the object stays where it is; the name and the table live as long.
		KTRY(to_result(bindings::misc_register(this)));
		registered_ = true;
		return {};
	}

	[[nodiscard]] unsigned int minor_number() const
	{
		return static_cast<unsigned int>(this->::miscdevice::minor);
	}

	/// For FileOperations: misc_open() leaves its struct in file->private_data, and
	/// holds its lock meanwhile: the device is registered.
	static void *data(::inode * /*inode*/, ::file *file)
	{
		auto *device = static_cast<::miscdevice *>(file->private_data);
		return static_cast<MiscRegistration *>(device)->shared_.raw();
	}

private:
	[[no_unique_address]] CountedLife<MiscRegistration> life_;
	String name_;
	SharedData<Data> shared_;
	bool registered_ = false;
};

} // namespace detail

/// A device that exists as long as this object lives. Its open files are objects of T: see
/// <kernel/fs/file_operations.hpp>. Moves, does not copy. Files that are open when the object ends
/// stay open until they are closed.
///
///     auto device = KTRY(MiscDevice<Reader>::make("pump", 0600));
template <FileClass T>
class [[nodiscard]] MiscDevice
{
	using Data = typename detail::DataOf<T>::Type;
	using Registration = detail::MiscRegistration<Data>;
	using Operations = detail::FileOperations<T, Registration>;

public:
	/// Registers the device: from now on it may be opened. udev or devtmpfs makes the node,
	/// with the permissions `mode`.
	///
	/// Errors: EINVAL if the name is empty; EEXIST if there is such a device; EBUSY if no
	/// minor number is left; ENOMEM. Context: may sleep.
	template <typename Shared = Data>
		requires std::is_void_v<Shared>
	[[nodiscard]] static Result<MiscDevice> make(std::string_view name,
						     unsigned short mode) KCXX_MAY_SLEEP
	{
		return registered(name, mode, {});
	}

	/// The same, with data that every open() gets.
	template <typename Shared = Data>
		requires std::is_same_v<Shared, Data>
	[[nodiscard]] static Result<MiscDevice> make(std::string_view name, unsigned short mode,
						     Arc<Shared> data) KCXX_MAY_SLEEP
	{
		return registered(name, mode, {std::move(data)});
	}

	MiscDevice(const MiscDevice &) = delete;
	MiscDevice &operator=(const MiscDevice &) = delete;
	/// Leaves the other object without a device. Context: any.
	MiscDevice(MiscDevice &&) noexcept = default;

	/// Ends the device of this object before. Context: may sleep.
	MiscDevice &operator=(MiscDevice &&) noexcept = default;

	/// Waits for open()s, not for open files. Context: may sleep.
	~MiscDevice() = default;

	/// The device's minor number; the major number is 10. Context: any.
	[[nodiscard]] unsigned int minor() const { return registration_->minor_number(); }

private:
	explicit MiscDevice(Box<Registration> registration) noexcept
	    : registration_{std::move(registration)}
	{
	}

	[[nodiscard]] static Result<MiscDevice>
	registered(std::string_view name, unsigned short mode, detail::SharedData<Data> shared)
	{
		if (name.empty())
			return EINVAL;
		String own = KTRY(String::from(name, GFP_KERNEL));
		auto registration = KTRY(
			Box<Registration>::make(GFP_KERNEL, std::move(own), std::move(shared)));
		KTRY(registration->add(mode, Operations::table()));
		return MiscDevice{std::move(registration)};
	}

	Box<Registration> registration_;
};

} // namespace kernel
