// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for auxiliary devices. C API: struct auxiliary_driver of <linux/auxiliary_bus.h>.

#pragma once

#include <generated/kcxx-bindings.hpp>
#include <kernel/auxiliary/device.hpp>
#include <kernel/auxiliary/ids.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/module/module.hpp>

namespace kernel::detail
{

/// C's driver for the class T, and the functions that the kernel calls
template <typename T>
class AuxiliaryDriver
{
	using Bound = auxiliary::BoundDevice;

public:
	static constexpr auto ids = table_of<T, ::auxiliary_device_id>();

	/// Registers the driver.
	static Result<> add(ThisModule &module)
	{
		// SAFETY: the driver and its table are static, and remove() unregisters it.
		return to_result(bindings::__auxiliary_driver_register(&driver_, module.raw(),
								       KBUILD_MODNAME));
	}

	/// Unbinds all devices, and unregisters the driver.
	static void remove()
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::auxiliary_driver_unregister(&driver_);
	}

private:
	/// The data of the id by which the device was found
	static const IdData<T> &data_of(const ::auxiliary_device_id *id)
	{
		if constexpr (HasIds<T>) {
			return T::ids.data(id->driver_data);
		} else {
			static constexpr NoData
				none{}; // refused, see KERNEL_AUXILIARY_DEVICE_TABLE()
			return none;
		}
	}

	static int probe(::auxiliary_device *raw, const ::auxiliary_device_id *id)
	{
		Bound &device = Bound::of(raw);
		return to_c(bind<T>(device, [id]() -> const auto & { return data_of(id); }));
	}

	static void unbind(::auxiliary_device *raw) { detail::stop<T>(Bound::of(raw)); }

	static void shutdown(::auxiliary_device *raw) { detail::shutdown<T>(Bound::of(raw)); }

	static consteval ::auxiliary_driver made()
	{
		::auxiliary_driver driver{};
		if constexpr (requires { T::driver_name; })
			driver.name = T::driver_name; // behind the module's name and a dot
		driver.id_table = ids.data();
		driver.probe = &probe;
		driver.remove = &unbind;
		if constexpr (Has_shutdown<T>)
			driver.shutdown = &shutdown;
		describe<T, Bound>(driver.driver);
		return driver;
	}

	static ::auxiliary_driver driver_;
};

template <typename T>
constinit ::auxiliary_driver AuxiliaryDriver<T>::driver_ = AuxiliaryDriver<T>::made();

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
	static_assert(::kernel::detail::HasIds<Type>, #Type                                        \
		      " names no devices: write in it static constexpr "                           \
		      "kernel::auxiliary::Ids ids{kernel::auxiliary::id(\"module.name\")};");      \
	static_assert(::kernel::detail::has_probe<Type, kernel::auxiliary::BoundDevice>, #Type     \
		      " has no public probe() for an auxiliary device: write in it static "        \
		      "kernel::Result<" #Type "> probe(kernel::auxiliary::BoundDevice &);, with "  \
		      "const Data & behind it if the ids have data");                              \
	KCXX_CHECK_DRIVER(Type, kernel::auxiliary::BoundDevice);                                   \
	KCXX_DEVICE_TABLE(auxiliary, Type, ::kernel::detail::AuxiliaryDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for auxiliary devices. See
/// <kernel/device/bind.hpp>.
#define KERNEL_AUXILIARY_DRIVER(Type)                                                              \
	KERNEL_AUXILIARY_DEVICE_TABLE(Type);                                                       \
	KCXX_DRIVER_MODULE(auxiliary, Type)
