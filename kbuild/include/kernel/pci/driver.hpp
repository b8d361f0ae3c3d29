// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for PCI devices. C API: struct pci_driver of <linux/pci.h>.

#pragma once

#include <cstddef>
#include <optional>

#include <generated/bindings/pci/driver.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/driver.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/module/module.hpp>
#include <kernel/pci/device.hpp>
#include <kernel/pci/error_handlers.hpp>
#include <kernel/pci/ids.hpp>

namespace kernel::detail
{

/// The bus of PCI, for detail::Driver
struct PciBus : BusDefaults {
	using Raw = ::pci_driver;
	using Id = ::pci_device_id;
	using Bound = pci::BoundDevice;
	static constexpr bool holds_awake = true;

	static Result<> add(Raw &driver, ThisModule &module)
	{
		// SAFETY: the driver and its table are static, and remove() unregisters it.
		return to_result(
			bindings::kcxx_pci_register_driver(&driver, module.raw(), KBUILD_MODNAME));
	}
	static void remove(Raw &driver)
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::pci_unregister_driver(&driver);
	}
	static std::optional<std::size_t> row(Bound & /*device*/, const Id * /*ids*/,
					      const Id *found)
	{
		return found->driver_data;
	}

	/// Sets the name and the attributes, which the kernel copies, and the functions for errors.
	template <typename T>
	static consteval void complete(Raw &driver)
	{
		driver.name = driver.driver.name;
		if constexpr (requires { typename T::Attributes; })
			driver.dev_groups = T::Attributes::groups();
		driver.err_handler = PciErrorHandlers<T>::table();
	}
	/// Memory is released behind this that the device may write.
	static void quiesce(Bound &device) { device.clear_master(); }
};

template <typename T>
using PciDriver = Driver<PciBus, T>;

} // namespace kernel::detail

namespace kernel::pci
{

/// The registration of the driver T, see <kernel/device/bind.hpp>: for a module with several
/// drivers. A module that is one driver has KERNEL_PCI_DRIVER().
template <typename T>
using Registration = DriverRegistration<kernel::detail::PciDriver<T>>;

} // namespace kernel::pci

/// Puts the ids of the PCI driver `Type` into the module, for modprobe(8) and udev(7): C's
/// MODULE_DEVICE_TABLE(). KERNEL_PCI_DRIVER() contains it; a module with several drivers has one
/// for each.
#define KERNEL_PCI_DEVICE_TABLE(Type)                                                              \
	static_assert(::kernel::detail::HasIds<Type>,                                              \
		      "kcxx-E1436: " #Type                                                         \
		      " names no devices: write in it static constexpr kernel::pci::Ids "          \
		      "ids{kernel::pci::id(vendor, device)};");                                    \
	KCXX_CHECK_PCI_ERROR_HANDLERS(Type);                                                       \
	KCXX_CHECK_DRIVER(Type, kernel::pci::BoundDevice, "a PCI device");                         \
	KCXX_DEVICE_TABLE(pci, Type, ::kernel::detail::PciDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for PCI devices. See <kernel/device/bind.hpp>.
#define KERNEL_PCI_DRIVER(Type)                                                                    \
	KERNEL_PCI_DEVICE_TABLE(Type);                                                             \
	KCXX_DRIVER_MODULE(pci, Type)
