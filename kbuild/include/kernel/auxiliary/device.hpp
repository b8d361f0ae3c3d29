// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Auxiliary devices: parts of a device that have drivers of their own. C API:
/// <linux/auxiliary_bus.h>.
///
///     KTRY(auxiliary::add(device, "pump", 0)); // in start() of the whole's driver
///
/// The driver of the part is for "<module>.pump", in the same module or in another one.

#pragma once

#include <generated/kcxx-bindings.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>
#include <kernel/types/opaque.hpp>

struct auxiliary_device;

namespace kernel::detail
{

using AuxiliaryRoom = Opaque<::auxiliary_device>;

/// Frees a device after its last reference was given back.
inline void release_auxiliary(::device *raw)
{
	// SAFETY: the device is one that auxiliary::add() made.
	(void)owner_of<Box<AuxiliaryRoom>>(
		AuxiliaryRoom::of(bindings::kcxx_to_auxiliary_device(raw)));
}

} // namespace kernel::detail

namespace kernel::auxiliary
{

/// An auxiliary device: a reference of this type is a pointer to C's struct auxiliary_device.
class Device
{
public:
	Device(const Device &) = delete;
	Device &operator=(const Device &) = delete;

	/// The device of a C function or callback, which lives as long as the reference is used.
	[[nodiscard]] static Device &of(::auxiliary_device *raw) noexcept
	{
		return *reinterpret_cast<Device *>(raw);
	}
	/// For C functions: never null
	[[nodiscard]] ::auxiliary_device *raw() const noexcept
	{
		return reinterpret_cast<::auxiliary_device *>(const_cast<Device *>(this));
	}

	// SAFETY, of all below: the device lives.

	/// For C functions, and for dev_info() and its like: never null
	operator ::device *() const noexcept { return bindings::kcxx_auxiliary_device(raw()); }
	/// As a device of any bus
	operator kernel::Device &() const noexcept { return kernel::Device::of(*this); }

	/// The number that auxiliary::add() got
	[[nodiscard]] u32 id() const noexcept { return raw()->id; }
	/// The device that this one is a part of: it is bound as long as this one is there.
	[[nodiscard]] kernel::Device &parent() const noexcept
	{
		return kernel::Device::of(bindings::kcxx_auxiliary_parent(raw()));
	}

protected:
	Device() = default;
	~Device() = default;
};

/// An auxiliary device that is bound to this driver
class BoundDevice : public Device
{
public:
	/// The device of a callback in which C's device is bound to this driver.
	[[nodiscard]] static BoundDevice &of(::auxiliary_device *raw) noexcept
	{
		return *reinterpret_cast<BoundDevice *>(raw);
	}
	/// The same, of a callback for any device.
	[[nodiscard]] static BoundDevice &of_device(::device *raw) noexcept
	{
		// SAFETY: the caller's device is an auxiliary one.
		return of(bindings::kcxx_to_auxiliary_device(raw));
	}

	/// As a device of any bus, for resources
	operator kernel::BoundDevice &() const noexcept
	{
		// SAFETY: the device lives.
		return kernel::BoundDevice::of(bindings::kcxx_auxiliary_device(raw()));
	}
};

/// Makes a device that is a part of `parent`, until that is unbound: for start() of its driver.
/// `name` outlives it; `id` tells parts of one name apart. A driver that is there already is bound
/// before this returns.
///
/// Errors: EEXIST if there is such a device; EINVAL; ENOMEM. Context: may sleep.
inline Result<> add(kernel::BoundDevice &parent, const char *name, u32 id = 0) KCXX_MAY_SLEEP
{
	auto room = KTRY(Box<kernel::detail::AuxiliaryRoom>::make(GFP_KERNEL));
	::auxiliary_device *device = room->get();
	// SAFETY, of all below: the device is initialised once, and frees itself from then on.
	bindings::kcxx_auxiliary_describe(device, parent, name, id,
					  &kernel::detail::release_auxiliary);
	KTRY(to_result(bindings::auxiliary_device_init(device)));
	(void)kernel::detail::kept_by_c(std::move(room));
	const Result<> added = to_result(bindings::__auxiliary_device_add(device, KBUILD_MODNAME));
	if (!added) {
		bindings::kcxx_auxiliary_device_uninit(device);
		return added;
	}
	return parent.at_unbind(
		[](void *data) {
			auto *ended = static_cast<::auxiliary_device *>(data);
			bindings::kcxx_auxiliary_device_delete(ended);
			bindings::kcxx_auxiliary_device_uninit(ended);
		},
		device);
}

} // namespace kernel::auxiliary
