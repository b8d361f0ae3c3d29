// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Character devices with one node: /dev/<name>. C API: <linux/miscdevice.h>.

#pragma once

#include <string_view>
#include <type_traits>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/file_operations.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/string.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/opaque.hpp>

struct miscdevice;

namespace kernel
{

namespace detail
{

/// A registered device. Its C struct is first: open() gets the address of that.
struct MiscRegistration {
	Opaque<::miscdevice> misc;
	void *data = nullptr;
};
static_assert(std::is_standard_layout_v<MiscRegistration>);

/// misc_open() leaves its struct in file->private_data, and holds its lock meanwhile: the
/// device is registered.
struct MiscSource {
	static void *data(struct inode * /*inode*/, struct file *file) noexcept
	{
		return static_cast<MiscRegistration *>(File::private_data(file))->data;
	}
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
	using Operations = FileOperations<T, detail::MiscSource>;

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
		return registered(name, mode, nullptr);
	}

	/// The same, with data that every open() gets.
	template <typename Shared = Data>
		requires std::is_same_v<Shared, Data>
	[[nodiscard]] static Result<MiscDevice> make(std::string_view name, unsigned short mode,
						     Arc<Shared> data) KCXX_MAY_SLEEP
	{
		auto device = registered(name, mode, &*data);
		if (device)
			(void)data.release(); // the destructor drops it
		return device;
	}

	MiscDevice(const MiscDevice &) = delete;
	MiscDevice &operator=(const MiscDevice &) = delete;
	MiscDevice(MiscDevice &&) noexcept = default;

	MiscDevice &operator=(MiscDevice &&other) noexcept
	{
		const MiscDevice old{std::move(*this)};
		name_ = std::move(other.name_);
		registration_ = std::move(other.registration_);
		return *this;
	}

	/// Waits for open()s, not for open files. Context: may sleep.
	~MiscDevice()
	{
		if (!registration_)
			return;
		// SAFETY: the device was registered, and is deregistered once.
		bindings::kcxx_misc_deregister(registration_->misc.get());
		if constexpr (!std::is_void_v<Data>)
			const auto data =
				Arc<Data>::adopt(static_cast<Data *>(registration_->data));
	}

	/// The device's minor number; the major number is 10. Context: any.
	[[nodiscard]] unsigned int minor() const
	{
		// SAFETY: the device is registered.
		return bindings::kcxx_misc_minor(registration_->misc.get());
	}

private:
	MiscDevice(String name, Box<detail::MiscRegistration> registration) noexcept
	    : name_{std::move(name)}, registration_{std::move(registration)}
	{
	}

	[[nodiscard]] static Result<MiscDevice> registered(std::string_view name,
							   unsigned short mode, void *data)
	{
		if (name.empty())
			return EINVAL;
		String own = KTRY(String::from(name, GFP_KERNEL));
		auto registration = KTRY(Box<detail::MiscRegistration>::make(GFP_KERNEL));
		registration->data = data;
		// SAFETY: zeroed memory of the struct's size, which stays where it is; the name
		// and the table live as long as the device is registered.
		KTRY(to_result(bindings::kcxx_misc_register(registration->misc.get(), own.c_str(),
							    Operations::table(), mode)));
		return MiscDevice{std::move(own), std::move(registration)};
	}

	String name_;
	Box<detail::MiscRegistration> registration_;
};

} // namespace kernel
