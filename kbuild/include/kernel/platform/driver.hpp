// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for platform devices. C API: struct platform_driver of <linux/platform_device.h>.

#pragma once

#include <generated/kcxx-bindings.hpp>
#include <kernel/acpi/ids.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/of/ids.hpp>
#include <kernel/platform/device.hpp>
#include <kernel/platform/ids.hpp>

namespace kernel::detail
{

/// C's driver for the class T, and the functions that the kernel calls
template <typename T>
class PlatformDriver
{
	using Bound = platform::BoundDevice;
	/// int before Linux 6.11
	using Removed = decltype(static_cast<::platform_driver *>(nullptr)->remove(nullptr));

public:
	static constexpr auto ids = table_of<T, ::platform_device_id>();
	static constexpr auto of_ids = of_table_of<T, ::of_device_id>();
	static constexpr auto acpi_ids = acpi_table_of<T, ::acpi_device_id>();

	/// Registers the driver.
	static Result<> add(ThisModule &module)
	{
		// SAFETY: the driver and its tables are static, and remove() unregisters it.
		return to_result(add_to(&driver_, module.raw()));
	}

	/// Unbinds all devices, and unregisters the driver.
	static void remove()
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::platform_driver_unregister(&driver_);
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

	/// The data of the id by which the device was found
	static const IdData<T> &data_of(Bound &device)
	{
		using Data = IdData<T>;
		// SAFETY, of all below: the device is being bound to this driver.
		if constexpr (HasOfIds<T>)
			if (const void *data = bindings::kcxx_of_match_data(device);
			    data != nullptr)
				return *static_cast<const Data *>(data);
		if constexpr (HasAcpiIds<T>)
			if (const unsigned long row = bindings::kcxx_acpi_match_row(device);
			    row != 0)
				return T::acpi_ids.data(row - 1);
		if constexpr (HasIds<T>)
			if (device.raw()->id_entry != nullptr)
				return T::ids.data(device.raw()->id_entry->driver_data);
		static constexpr Data none{}; // the user forced the driver on the device
		return none;
	}

	static int probe(::platform_device *raw)
	{
		Bound &device = Bound::of(raw);
		return to_c(
			bind<T>(device, [&device]() -> const auto & { return data_of(device); }));
	}

	static Removed unbind(::platform_device *raw)
	{
		detail::stop<T>(Bound::of(raw));
		return Removed();
	}

	static void shutdown(::platform_device *raw) { detail::shutdown<T>(Bound::of(raw)); }

	static consteval ::platform_driver made()
	{
		::platform_driver driver{};
		driver.probe = &probe;
		driver.remove = &unbind;
		if constexpr (Has_shutdown<T>)
			driver.shutdown = &shutdown;
		driver.driver.name = driver_name<T>();
		if constexpr (HasIds<T>)
			driver.id_table = ids.data();
		if constexpr (HasOfIds<T>)
			driver.driver.of_match_table = of_ids.data();
		if constexpr (HasAcpiIds<T>)
			driver.driver.acpi_match_table = acpi_ids.data();
		describe<T, Bound>(driver.driver);
		return driver;
	}

	static ::platform_driver driver_;
};

template <typename T>
constinit ::platform_driver PlatformDriver<T>::driver_ = PlatformDriver<T>::made();

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
		      #Type " names no devices: write in it static constexpr kernel::of::Ids "     \
			    "of_ids{kernel::of::compatible(\"vendor,device\")};, or acpi::Ids "    \
			    "acpi_ids, or platform::Ids ids");                                     \
	static_assert(::kernel::detail::has_probe<Type, kernel::platform::BoundDevice>,            \
		      #Type " has no public probe() for a platform device: write in it static "    \
			    "kernel::Result<" #Type "> probe(kernel::platform::BoundDevice &);, "  \
			    "with const Data & behind it if the ids have data");                   \
	KCXX_CHECK_DRIVER(Type, kernel::platform::BoundDevice);                                    \
	KCXX_DEVICE_TABLE(of, Type, ::kernel::detail::PlatformDriver<Type>::of_ids);               \
	KCXX_DEVICE_TABLE(acpi, Type, ::kernel::detail::PlatformDriver<Type>::acpi_ids);           \
	KCXX_DEVICE_TABLE(platform, Type, ::kernel::detail::PlatformDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for platform devices. See <kernel/device/bind.hpp>.
#define KERNEL_PLATFORM_DRIVER(Type)                                                               \
	KERNEL_PLATFORM_DEVICE_TABLE(Type);                                                        \
	KCXX_DRIVER_MODULE(platform, Type)
