// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The devices of each bus, as its own class. C API: struct device of <linux/device.h>, the first
/// class of each bus's struct.

#pragma once

#include <cstddef>

#include <generated/bindings/device/bus_device.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/property.hpp>
#include <kernel/error.hpp>
#include <kernel/types/c_struct.hpp>

namespace kernel
{

/// The base of a bus's class of devices, such as pci::Device.
///
/// \tparam Self the bus's class
/// \tparam Struct C's struct, with its struct device as the member `dev`
template <typename Self, typename Struct>
// NOLINTNEXTLINE(bugprone-crtp-constructor-accessibility): CStruct has no constructors
class BusDevice : public CStruct<Self, Struct>
{
public:
	/// C's struct
	using Raw = Struct;

	/// For C functions, and for dev_info() and its like: never null
	operator ::device *() const noexcept { return &this->raw()->dev; }
	/// As a device of any bus
	operator Device &() const noexcept { return Device::of(*this); }

	/// Its name, such as 0000:00:04.0 or 0-0048. Context: any.
	[[nodiscard]] const char *name() const noexcept
	{
		return static_cast<Device &>(*this).name();
	}

	/// The property `name`, see <kernel/device/property.hpp>
	template <typename T>
	[[nodiscard]] Result<T> property(const char *name) const
	{
		return kernel::property<T>(*this, name);
	}
	/// The same; `otherwise`, if there is no such property, or one of another type.
	template <typename T>
	[[nodiscard]] T property_or(const char *name, T otherwise) const
	{
		return property<T>(name).value_or(otherwise);
	}
	/// True if there is the property `name`. Context: any.
	[[nodiscard]] bool has_property(const char *name) const
	{
		return kernel::has_property(*this, name);
	}
};

/// The base of a bus's class of bound devices, such as pci::BoundDevice.
///
/// \tparam Self the bus's class
/// \tparam Base the bus's class of devices that may be bound to another driver
template <typename Self, typename Base>
// NOLINTNEXTLINE(bugprone-crtp-constructor-accessibility): CStruct has no constructors
class BoundBusDevice : public Base
{
public:
	/// The device of a callback in which C's device is bound to this driver.
	[[nodiscard]] static Self &of(typename Base::Raw *raw) noexcept
	{
		return *reinterpret_cast<Self *>(raw);
	}
	/// The same, of a callback for any device.
	[[nodiscard]] static Self &of_device(::device *raw) noexcept
	{
		using Raw = typename Base::Raw;
		// The caller's device is one of this bus: C's container_of().
		return of(reinterpret_cast<Raw *>(reinterpret_cast<unsigned char *>(raw) -
						  offsetof(Raw, dev)));
	}

	/// As a device of any bus, for resources that are not of this bus
	operator BoundDevice &() const noexcept { return BoundDevice::of(*this); }
};

} // namespace kernel
