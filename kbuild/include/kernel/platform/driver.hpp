// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for platform devices. C API: struct platform_driver of <linux/platform_device.h>.

#pragma once

#include <cstddef>
#include <optional>

#include <generated/bindings/platform/driver.hpp>
#include <kernel/acpi/ids.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/driver.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/module/module.hpp>
#include <kernel/of/ids.hpp>
#include <kernel/platform/device.hpp>
#include <kernel/platform/ids.hpp>

namespace kernel::detail
{

/// The bus of platform devices, for detail::Driver
struct PlatformBus : BusDefaults {
	using Raw = ::platform_driver;
	using Id = ::platform_device_id;
	using Bound = platform::BoundDevice;
	static constexpr bool has_firmware_ids = true;

	static Result<> add(Raw &driver, ThisModule &module)
	{
		// SAFETY: the driver and its tables are static, and remove() unregisters it.
		return to_result(add_to(&driver, module.raw()));
	}
	static void remove(Raw &driver)
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::platform_driver_unregister(&driver);
	}
	static std::optional<std::size_t> row(Bound &device, const Id * /*ids*/)
	{
		const Id *found = device.raw()->id_entry;
		if (found == nullptr)
			return std::nullopt;
		return found->driver_data;
	}

private:
	/// The function has a further argument since 7.2 at the latest.
	template <typename Driver>
	static int add_to(Driver *driver, ::module *owner)
	{
		// SAFETY: as above.
		if constexpr (requires {
				      bindings::__platform_driver_register(driver, owner,
									   KBUILD_MODNAME);
			      })
			return bindings::__platform_driver_register(driver, owner, KBUILD_MODNAME);
		else
			return bindings::__platform_driver_register(driver, owner);
	}
};

template <typename T>
using PlatformDriver = Driver<PlatformBus, T>;

} // namespace kernel::detail

namespace kernel::platform
{

/// The registration of the driver T, see <kernel/device/bind.hpp>: for a module with several
/// drivers. A module that is one driver has KERNEL_PLATFORM_DRIVER().
template <typename T>
using Registration = DriverRegistration<kernel::detail::PlatformDriver<T>>;

} // namespace kernel::platform

/// Puts the ids of the platform driver `Type` into the module, for modprobe(8) and udev(7): C's
/// MODULE_DEVICE_TABLE(). KERNEL_PLATFORM_DRIVER() contains it; a module with several drivers has
/// one for each.
#define KERNEL_PLATFORM_DEVICE_TABLE(Type)                                                         \
	static_assert(::kernel::detail::HasIds<Type> || ::kernel::detail::HasOfIds<Type> ||        \
			      ::kernel::detail::HasAcpiIds<Type>,                                  \
		      "kcxx-E1439: " #Type                                                         \
		      " names no devices: write in it static constexpr kernel::of::Ids "           \
		      "of_ids{kernel::of::compatible(\"vendor,device\")};, or acpi::Ids "          \
		      "acpi_ids, or platform::Ids ids");                                           \
	KCXX_CHECK_DRIVER(Type, kernel::platform::BoundDevice, "a platform device");               \
	KCXX_DEVICE_TABLE(of, Type, ::kernel::detail::PlatformDriver<Type>::of_ids);               \
	KCXX_DEVICE_TABLE(acpi, Type, ::kernel::detail::PlatformDriver<Type>::acpi_ids);           \
	KCXX_DEVICE_TABLE(platform, Type, ::kernel::detail::PlatformDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for platform devices. See <kernel/device/bind.hpp>.
#define KERNEL_PLATFORM_DRIVER(Type)                                                               \
	KERNEL_PLATFORM_DEVICE_TABLE(Type);                                                        \
	KCXX_DRIVER_MODULE(platform, Type)
