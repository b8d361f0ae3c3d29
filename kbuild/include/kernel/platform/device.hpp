// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Platform devices: those that no bus can list, but a device tree, ACPI or another driver names. C
/// API: <linux/platform_device.h>.

#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>

#include <generated/bindings/platform/device.hpp>
#include <kernel/device/bus_device.hpp>
#include <kernel/device/description.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/property.hpp>
#include <kernel/error.hpp>
#include <kernel/io/mmio.hpp>
#include <kernel/sync/context.hpp>

struct platform_device;

namespace kernel::platform
{

/// A platform device: a reference of this type is a pointer to C's struct platform_device.
class Device : public BusDevice<Device, ::platform_device>
{
};

/// A platform device that is bound to this driver. What the functions below acquire is released
/// when probe() fails or the device is unbound, in the reverse order.
class BoundDevice : public BoundBusDevice<BoundDevice, Device>
{
public:
	// SAFETY, of all below: the device is bound to this driver.

	/// Maps `Size` bytes of the device's registers, which are reserved for this driver: those
	/// of `index`, from 0 in the order of the device tree.
	///
	///     auto registers = KTRY(device.map<0x100>(0));
	///
	/// Errors: ENODEV if there are none, or fewer bytes; EBUSY if another driver has them;
	/// ENOMEM. Context: may sleep.
	template <std::size_t Size>
	Result<Mmio<Size>> map(unsigned int index) KCXX_MAY_SLEEP
	{
		static_assert(Size != 0,
			      "kcxx-E1438: map<0x100>(index): the number of bytes to map");
		if (bindings::kcxx_platform_memory_size(raw(), index) < Size)
			return ENODEV;
		return Mmio<Size>::adopt(KTRY(
			Error::from_pointer(bindings::kcxx_devm_platform_ioremap(raw(), index))));
	}

	/// The number of the device's interrupt `index`, for Irq::request().
	///
	/// Errors: ENXIO if there is none; EPROBE_DEFER if its controller is not there yet.
	/// Context: may sleep.
	Result<unsigned int> irq(unsigned int index) KCXX_MAY_SLEEP
	{
		const int number = KTRY(from_c(bindings::platform_get_irq(raw(), index)));
		return static_cast<unsigned int>(number);
	}

	/// The same of the interrupt `name`. A template, because 0 is a pointer, too.
	template <std::convertible_to<const char *> Name>
		requires(!std::integral<Name>)
	Result<unsigned int> irq(const Name &name) KCXX_MAY_SLEEP
	{
		const int number = KTRY(from_c(bindings::platform_get_irq_byname(raw(), name)));
		return static_cast<unsigned int>(number);
	}
};

/// A platform device that this module makes, for a driver of its own or of others. Moves, does not
/// copy; the device ends with the object.
class [[nodiscard]] NewDevice
{
public:
	/// Makes a device of this name, with properties as of a device tree, and with nodes below
	/// its own:
	///
	///     static constexpr std::array properties{own_property("maximum-rpm", u32{1200})};
	///     fan_ = KTRY(platform::NewDevice::make("case_fan", properties));
	///
	/// Errors: EEXIST if there is such a device; ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<NewDevice>
	make(const char *name, std::span<const OwnProperty> properties = {},
	     std::span<const OwnNode> children = {}) KCXX_MAY_SLEEP
	{
		auto description = KTRY(OwnDescription::make(properties, children));
		// SAFETY: the description lives longer than the device.
		NewDevice made{KTRY(Error::from_pointer(
			bindings::kcxx_platform_register(name, description.root())))};
		made.description_ = std::move(description);
		return made;
	}

	NewDevice(const NewDevice &) = delete;
	NewDevice &operator=(const NewDevice &) = delete;
	/// Leaves the other without a device.
	NewDevice(NewDevice &&other) noexcept
	    : description_{std::move(other.description_)}, raw_{std::exchange(other.raw_, nullptr)}
	{
	}
	/// Ends the device of this object before. Context: may sleep.
	NewDevice &operator=(NewDevice &&other) noexcept
	{
		std::swap(description_, other.description_);
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Unbinds the device, and ends it. Context: may sleep.
	~NewDevice() KCXX_MAY_SLEEP
	{
		// SAFETY: the device was registered, and ends once; null is ignored.
		bindings::platform_device_unregister(raw_);
	}

	/// The device; BUG()s after a move
	[[nodiscard]] Device &operator*() const KCXX_LIFETIMEBOUND
	{
		if (raw_ == nullptr) [[unlikely]]
			bug("platform::NewDevice: used after a move");
		return Device::of(raw_);
	}

private:
	explicit NewDevice(::platform_device *raw) noexcept : raw_{raw} {}

	OwnDescription description_; // ends after the device
	::platform_device *raw_;
};

} // namespace kernel::platform
