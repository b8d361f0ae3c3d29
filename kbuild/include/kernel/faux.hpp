// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Faux devices: those of a module that has no hardware, but needs a device for files in /sys, for
/// firmware, for messages or as a parent. C API: <linux/device/faux.h>.
///
///     auto device = KTRY(faux::Device::make("pump"));
///     dev_info(*device, "no driver is needed\n");
///
/// Linux has them since 6.14, in /sys/devices/faux. Before, the device is one of the platform, in
/// /sys/devices/platform, as modules made it then: all else is the same, but that a platform driver
/// of this name, if there is one, is bound to it.

#pragma once

#include <utility>

#include <generated/bindings/faux.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel::faux
{

/// A device without hardware, as long as this lives. It is bound all the time: what belongs to it
/// is released when the object ends, in the reverse order. Moves, does not copy.
class [[nodiscard]] Device
{
public:
	/// Makes the device `name`, which the kernel copies.
	///
	/// Errors: ENODEV if the kernel cannot make it, as with a name that exists, of which it
	/// warns. Before 6.14: EEXIST, ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<Device> make(const char *name) KCXX_MAY_SLEEP
	{
		return made(name, nullptr);
	}

	/// The same, as a child of `parent`, which outlives it: a driver keeps it in its object.
	[[nodiscard]] static Result<Device> make(const char *name,
						 BoundDevice &parent) KCXX_MAY_SLEEP
	{
		return made(name, parent);
	}

	Device(const Device &) = delete;
	Device &operator=(const Device &) = delete;
	/// Leaves the other without a device.
	Device(Device &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	/// Takes the other's device, and gives this one's to it.
	Device &operator=(Device &&other) noexcept
	{
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Releases what belongs to the device, and ends it. Context: may sleep.
	~Device() KCXX_MAY_SLEEP
	{
		if (raw_ != nullptr)
			// SAFETY: make() made the device, which ends once.
			bindings::kcxx_faux_destroy(raw_);
	}

	/// The device; BUG()s after a move
	[[nodiscard]] BoundDevice &operator*() const KCXX_LIFETIMEBOUND
	{
		if (raw_ == nullptr) [[unlikely]]
			bug("faux::Device: used after a move");
		return BoundDevice::of(raw_);
	}

private:
	explicit Device(::device *raw) noexcept : raw_{raw} {}

	static Result<Device> made(const char *name, ::device *parent)
	{
		// SAFETY: the name is copied, and the parent is null or lives.
		return Device{KTRY(Error::from_pointer(bindings::kcxx_faux_create(name, parent)))};
	}

	::device *raw_;
};

} // namespace kernel::faux
