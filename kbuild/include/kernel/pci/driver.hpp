// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for PCI devices. C API: struct pci_driver of <linux/pci.h>.

#pragma once

#include <array>
#include <concepts>

#include <generated/kcxx-bindings.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/module/module.hpp>
#include <kernel/pci/device.hpp>
#include <kernel/pci/ids.hpp>

namespace kernel::pci
{

namespace detail
{

/// True if the driver has ids
template <typename T>
concept HasIds = requires {
	T::ids.table();
	T::ids.data(0);
};

/// The type of the data of its ids
template <typename T>
struct DataOf {
	using Type = NoData;
};
template <HasIds T>
struct DataOf<T> {
	using Type = typename decltype(T::ids)::DataType;
};

/// True if probe() takes the data of the id
template <typename T>
concept WantsData = kernel::detail::ProbesWithData<T, BoundDevice, typename DataOf<T>::Type>;

/// True if probe() fits
template <typename T>
inline constexpr bool has_probe = kernel::detail::ProbesAlone<T, BoundDevice> || WantsData<T>;

/// C's table of the driver's ids
template <typename T>
consteval auto table_of()
{
	if constexpr (HasIds<T>)
		return T::ids.table();
	else
		return kernel::detail::no_ids<::pci_device_id>;
}

/// C's driver for the class T, and the functions that the kernel calls
template <typename T>
class DriverTable
{
public:
	static constexpr auto ids = table_of<T>();

	/// Registers the driver.
	static Result<> add(ThisModule &module)
	{
		// SAFETY: the driver and its table are static, and remove() unregisters it.
		return to_result(
			bindings::kcxx_pci_register_driver(&driver_, module.raw(), KBUILD_MODNAME));
	}

	/// Unbinds all devices, and unregisters the driver.
	static void remove()
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::pci_unregister_driver(&driver_);
	}

private:
	static Result<T> probed(BoundDevice &device, [[maybe_unused]] const ::pci_device_id *id)
	{
		if constexpr (WantsData<T>)
			return T::probe(device, T::ids.data(id->driver_data));
		else if constexpr (has_probe<T>)
			return T::probe(device);
		else
			return ENODEV; // refused, see KERNEL_PCI_DEVICE_TABLE()
	}

	static int probe(::pci_dev *raw, const ::pci_device_id *id)
	{
		BoundDevice &device = BoundDevice::of(raw);
		const Result<> bound = kernel::detail::bind<T>(
			device, [&device, id] { return probed(device, id); });
		if (!bound)
			device.clear_master(); // before memory is released that the device may
					       // write
		return to_c(bound);
	}

	static void unbind(::pci_dev *raw)
	{
		BoundDevice &device = BoundDevice::of(raw);
		kernel::detail::stop<T>(device);
		device.clear_master(); // before memory is released that the device may write
	}

	static void shutdown(::pci_dev *raw) { kernel::detail::shutdown<T>(BoundDevice::of(raw)); }

	static consteval ::pci_driver made()
	{
		::pci_driver driver{};
		driver.name = KBUILD_MODNAME;
		driver.id_table = ids.data();
		driver.probe = &probe;
		driver.remove = &unbind;
		if constexpr (kernel::detail::Has_shutdown<T>)
			driver.shutdown = &shutdown;
		driver.driver.pm = kernel::detail::PowerOperations<T, BoundDevice>::table();
		if constexpr (requires { typename T::Attributes; })
			driver.driver.dev_groups = T::Attributes::groups();
		return driver;
	}

	static ::pci_driver driver_;
};

template <typename T>
constinit ::pci_driver DriverTable<T>::driver_ = DriverTable<T>::made();

} // namespace detail

/// The registration of the driver T, see <kernel/device/bind.hpp>: for a module with several
/// drivers. A module that is one driver has KERNEL_PCI_DRIVER().
template <typename T>
using Registration = DriverRegistration<detail::DriverTable<T>>;

} // namespace kernel::pci

/// Puts the ids of the PCI driver `Type` into the module, for modprobe(8) and udev(7): C's
/// MODULE_DEVICE_TABLE(). KERNEL_PCI_DRIVER() contains it; a module with several drivers has one
/// for each.
#define KERNEL_PCI_DEVICE_TABLE(Type)                                                              \
	static_assert(::kernel::pci::detail::HasIds<Type>,                                         \
		      #Type " names no devices: write in it static constexpr kernel::pci::Ids "    \
			    "ids{kernel::pci::id(vendor, device)};");                              \
	static_assert(::kernel::pci::detail::has_probe<Type>,                                      \
		      #Type " has no public probe() for a PCI device: write in it static "         \
			    "kernel::Result<" #Type "> probe(kernel::pci::BoundDevice &);, with "  \
			    "const Data & behind it if the ids have data");                        \
	KCXX_CHECK_DRIVER(Type, kernel::pci::BoundDevice);                                         \
	KCXX_DEVICE_TABLE(pci, Type, ::kernel::pci::detail::DriverTable<Type>::ids)

/// Makes the class `Type` the module: a driver for PCI devices. See <kernel/device/bind.hpp>.
#define KERNEL_PCI_DRIVER(Type)                                                                    \
	KERNEL_PCI_DEVICE_TABLE(Type);                                                             \
	using kcxx_module_of_##Type =                                                              \
		::kernel::detail::DriverModule<::kernel::pci::Registration<Type>>;                 \
	KERNEL_MODULE(kcxx_module_of_##Type)
