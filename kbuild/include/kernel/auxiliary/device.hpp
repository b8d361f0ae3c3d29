// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Auxiliary devices: parts of a device that have drivers of their own. C API:
/// <linux/auxiliary_bus.h>.
///
///     KTRY(auxiliary::add(device, "pump", 0)); // in start() of the whole's driver
///
/// The driver of the part is for "<module>.pump", in the same module or in another one.

#pragma once

#include <generated/bindings/auxiliary/device.hpp>
#include <kernel/device/bus_device.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>
#include <kernel/types/opaque.hpp>

struct auxiliary_device;

namespace kernel::auxiliary
{

/// An auxiliary device: a reference of this type is a pointer to C's struct auxiliary_device.
class Device : public BusDevice<Device, ::auxiliary_device>
{
public:
	// SAFETY, of all below: the device lives.

	/// The number that auxiliary::add() got
	[[nodiscard]] u32 id() const noexcept { return raw()->id; }
	/// The device that this one is a part of: it is bound as long as this one is there.
	[[nodiscard]] kernel::Device &parent() const noexcept
	{
		return kernel::Device::of(raw()->dev.parent);
	}
};

/// An auxiliary device that is bound to this driver
class BoundDevice : public BoundBusDevice<BoundDevice, Device>
{
};

} // namespace kernel::auxiliary

namespace kernel::detail
{

using AuxiliaryRoom = Opaque<::auxiliary_device>;

/// Frees a device after its last reference was given back.
inline void release_auxiliary(::device *raw)
{
	// SAFETY: the device is one that auxiliary::add() made.
	(void)owner_of<Box<AuxiliaryRoom>>(
		AuxiliaryRoom::of(auxiliary::BoundDevice::of_device(raw).raw()));
}

} // namespace kernel::detail

namespace kernel::auxiliary
{

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
