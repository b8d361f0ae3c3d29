// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for auxiliary devices. C API: struct auxiliary_driver of <linux/auxiliary_bus.h>.

#pragma once

#include <cstddef>
#include <optional>

#include <generated/bindings/auxiliary/driver.hpp>
#include <kernel/auxiliary/device.hpp>
#include <kernel/auxiliary/ids.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/driver.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/module/module.hpp>

namespace kernel::detail
{

/// The bus of auxiliary devices, for detail::Driver
struct AuxiliaryBus : BusDefaults {
	using Raw = ::auxiliary_driver;
	using Id = ::auxiliary_device_id;
	using Bound = auxiliary::BoundDevice;

	static Result<> add(Raw &driver, ThisModule &module)
	{
		// SAFETY: the driver and its table are static, and remove() unregisters it.
		return to_result(bindings::__auxiliary_driver_register(&driver, module.raw(),
								       KBUILD_MODNAME));
	}
	static void remove(Raw &driver)
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::auxiliary_driver_unregister(&driver);
	}
	static std::optional<std::size_t> row(Bound & /*device*/, const Id * /*ids*/,
					      const Id *found)
	{
		return found->driver_data;
	}

	/// The kernel puts the module's name and a dot before the driver's own name.
	template <typename T>
	static consteval void complete(Raw &driver)
	{
		if constexpr (requires { T::driver_name; })
			driver.name = T::driver_name;
	}
};

template <typename T>
using AuxiliaryDriver = Driver<AuxiliaryBus, T>;

} // namespace kernel::detail

namespace kernel::auxiliary
{

/// The registration of the driver T, see <kernel/device/bind.hpp>: for a module with several
/// drivers. A module that is one driver has KERNEL_AUXILIARY_DRIVER().
template <typename T>
using Registration = DriverRegistration<kernel::detail::AuxiliaryDriver<T>>;

} // namespace kernel::auxiliary

/// Puts the ids of the driver `Type` of auxiliary devices into the module, for modprobe(8) and
/// udev(7): C's MODULE_DEVICE_TABLE(). KERNEL_AUXILIARY_DRIVER() contains it; a module with several
/// drivers has one for each.
#define KERNEL_AUXILIARY_DEVICE_TABLE(Type)                                                        \
	static_assert(::kernel::detail::HasIds<Type>,                                              \
		      "kcxx-E1303: " #Type " names no devices: write in it static constexpr "      \
		      "kernel::auxiliary::Ids ids{kernel::auxiliary::id(\"module.name\")};");      \
	KCXX_CHECK_DRIVER(Type, kernel::auxiliary::BoundDevice, "an auxiliary device");            \
	KCXX_DEVICE_TABLE(auxiliary, Type, ::kernel::detail::AuxiliaryDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for auxiliary devices. See
/// <kernel/device/bind.hpp>.
#define KERNEL_AUXILIARY_DRIVER(Type)                                                              \
	KERNEL_AUXILIARY_DEVICE_TABLE(Type);                                                       \
	KCXX_DRIVER_MODULE(auxiliary, Type)
