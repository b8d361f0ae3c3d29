// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for platform devices. C API: struct platform_driver of <linux/platform_device.h>.

#pragma once

#include <type_traits>

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

/// True if a driver has ids of the platform, of ACPI
template <typename T>
concept HasPlatformIds = requires { T::ids.table(); };
template <typename T>
concept HasAcpiIds = requires { T::acpi_ids.table(); };

/// The type of the data of a driver's ids, all of which have the same
template <typename T>
struct PlatformData {
	using Type = NoData;
};
template <HasPlatformIds T>
struct PlatformData<T> {
	using Type = typename decltype(T::ids)::DataType;
};
template <HasOfIds T>
struct PlatformData<T> {
	using Type = typename decltype(T::of_ids)::DataType;
};
template <HasOfIds T>
	requires HasPlatformIds<T>
struct PlatformData<T> {
	using Type = typename decltype(T::of_ids)::DataType;
};

template <typename T>
concept WantsPlatformData =
	ProbesWithData<T, platform::BoundDevice, typename PlatformData<T>::Type>;

template <typename T>
inline constexpr bool has_platform_probe =
	ProbesAlone<T, platform::BoundDevice> || WantsPlatformData<T>;

/// C's tables of a driver's ids
template <typename T>
consteval auto platform_table_of()
{
	if constexpr (HasPlatformIds<T>)
		return T::ids.table();
	else
		return no_ids<::platform_device_id>;
}
template <typename T>
consteval auto acpi_table_of()
{
	if constexpr (HasAcpiIds<T>)
		return T::acpi_ids.table();
	else
		return no_ids<::acpi_device_id>;
}

/// C's driver for the class T, and the functions that the kernel calls
template <typename T>
class PlatformDriver
{
	using Bound = platform::BoundDevice;
	/// int before Linux 6.11
	using Removed = decltype(static_cast<::platform_driver *>(nullptr)->remove(nullptr));

public:
	static constexpr auto ids = platform_table_of<T>();
	static constexpr auto of_ids = of_table_of<T>();
	static constexpr auto acpi_ids = acpi_table_of<T>();

	/// Registers the driver.
	static Result<> add(ThisModule &module)
	{
		// SAFETY: the driver and its tables are static, and remove() unregisters it.
		return to_result(bindings::kcxx_platform_driver_register(&driver_, module.raw()));
	}

	/// Unbinds all devices, and unregisters the driver.
	static void remove()
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::platform_driver_unregister(&driver_);
	}

private:
	/// The data of the id by which the device was found
	static const auto &data_of(Bound &device)
	{
		using Data = typename PlatformData<T>::Type;
		// SAFETY, of all below: the device is being bound to this driver.
		if constexpr (HasOfIds<T>)
			if (const void *data = bindings::kcxx_of_match_data(device);
			    data != nullptr)
				return *static_cast<const Data *>(data);
		if constexpr (HasAcpiIds<T>)
			if (const unsigned long row = bindings::kcxx_acpi_match_row(device);
			    row != 0)
				return T::acpi_ids.data(row - 1);
		if constexpr (HasPlatformIds<T>)
			if (device.raw()->id_entry != nullptr)
				return T::ids.data(device.raw()->id_entry->driver_data);
		static constexpr Data none{}; // the user forced the driver on the device
		return none;
	}

	static Result<T> probed(Bound &device)
	{
		if constexpr (WantsPlatformData<T>)
			return T::probe(device, data_of(device));
		else if constexpr (has_platform_probe<T>)
			return T::probe(device);
		else
			return ENODEV; // refused, see KERNEL_PLATFORM_DEVICE_TABLE()
	}

	static int probe(::platform_device *raw)
	{
		Bound &device = Bound::of(raw);
		return to_c(bind<T>(device, [&device] { return probed(device); }));
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
		driver.driver.name = KBUILD_MODNAME;
		if constexpr (HasPlatformIds<T>)
			driver.id_table = ids.data();
		if constexpr (HasOfIds<T>)
			driver.driver.of_match_table = of_ids.data();
		if constexpr (HasAcpiIds<T>)
			driver.driver.acpi_match_table = acpi_ids.data();
		driver.driver.pm = PowerOperations<T, Bound>::table();
		if constexpr (requires { typename T::Attributes; })
			driver.driver.dev_groups = T::Attributes::groups();
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
	static_assert(::kernel::detail::HasPlatformIds<Type> ||                                    \
			      ::kernel::detail::HasOfIds<Type> ||                                  \
			      ::kernel::detail::HasAcpiIds<Type>,                                  \
		      #Type " names no devices: write in it static constexpr kernel::of::Ids "     \
			    "of_ids{kernel::of::compatible(\"vendor,device\")};, or acpi::Ids "    \
			    "acpi_ids, or platform::Ids ids");                                     \
	static_assert(::kernel::detail::has_platform_probe<Type>,                                  \
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
	using kcxx_module_of_##Type =                                                              \
		::kernel::detail::DriverModule<::kernel::platform::Registration<Type>>;            \
	KERNEL_MODULE(kcxx_module_of_##Type)
