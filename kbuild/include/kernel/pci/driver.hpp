// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for PCI devices. C API: struct pci_driver of <linux/pci.h>.

#pragma once

#include <generated/kcxx-bindings.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/module/module.hpp>
#include <kernel/pci/device.hpp>
#include <kernel/pci/error_handlers.hpp>
#include <kernel/pci/ids.hpp>

namespace kernel::detail
{

/// C's driver for the class T, and the functions that the kernel calls
template <typename T>
class PciDriver
{
	using Bound = pci::BoundDevice;

public:
	static constexpr auto ids = table_of<T, ::pci_device_id>();

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
	/// The data of the id by which the device was found
	static const IdData<T> &data_of(const ::pci_device_id *id)
	{
		if constexpr (HasIds<T>) {
			return T::ids.data(id->driver_data);
		} else {
			static constexpr NoData none{}; // refused, see KERNEL_PCI_DEVICE_TABLE()
			return none;
		}
	}

	static int probe(::pci_dev *raw, const ::pci_device_id *id)
	{
		Bound &device = Bound::of(raw);
		const Result<> bound =
			bind<T>(device, [id]() -> const auto & { return data_of(id); });
		if (!bound)
			device.clear_master(); // before memory is released that the device may
					       // write
		return to_c(bound);
	}

	static void unbind(::pci_dev *raw)
	{
		Bound &device = Bound::of(raw);
		stop<T>(device);
		device.clear_master(); // before memory is released that the device may write
	}

	static void shutdown(::pci_dev *raw) { detail::shutdown<T>(Bound::of(raw)); }

	static consteval ::pci_driver made()
	{
		::pci_driver driver{};
		driver.name = driver_name<T>();
		driver.id_table = ids.data();
		driver.probe = &probe;
		driver.remove = &unbind;
		if constexpr (Has_shutdown<T>)
			driver.shutdown = &shutdown;
		driver.err_handler = PciErrorHandlers<T>::table();
		describe<T, Bound>(driver.driver);
		if constexpr (requires { typename T::Attributes; })
			driver.dev_groups = T::Attributes::groups(); // the kernel copies it back
		return driver;
	}

	static ::pci_driver driver_;
};

template <typename T>
constinit ::pci_driver PciDriver<T>::driver_ = PciDriver<T>::made();

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
		      #Type " names no devices: write in it static constexpr kernel::pci::Ids "    \
			    "ids{kernel::pci::id(vendor, device)};");                              \
	static_assert(::kernel::detail::has_probe<Type, kernel::pci::BoundDevice>,                 \
		      #Type " has no public probe() for a PCI device: write in it static "         \
			    "kernel::Result<" #Type "> probe(kernel::pci::BoundDevice &);, with "  \
			    "const Data & behind it if the ids have data");                        \
	KCXX_CHECK_PCI_ERROR_HANDLERS(Type);                                                       \
	KCXX_CHECK_DRIVER(Type, kernel::pci::BoundDevice);                                         \
	KCXX_DEVICE_TABLE(pci, Type, ::kernel::detail::PciDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for PCI devices. See <kernel/device/bind.hpp>.
#define KERNEL_PCI_DRIVER(Type)                                                                    \
	KERNEL_PCI_DEVICE_TABLE(Type);                                                             \
	KCXX_DRIVER_MODULE(pci, Type)
