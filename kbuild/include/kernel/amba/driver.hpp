// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for AMBA devices. C API: struct amba_driver of <linux/amba/bus.h>.

#pragma once

#include <generated/kcxx-bindings.hpp>
#include <kernel/amba/device.hpp>
#include <kernel/amba/ids.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/module/module.hpp>

namespace kernel::detail
{

/// C's driver for the class T, and the functions that the kernel calls
template <typename T>
class AmbaDriver
{
	using Bound = amba::BoundDevice;

public:
	static constexpr auto ids = table_of<T, ::amba_id>();

	/// Registers the driver.
	static Result<> add(ThisModule &module)
	{
		// SAFETY: the driver and its table are static, and remove() unregisters it.
		return to_result(bindings::kcxx_amba_driver_register(&driver_, module.raw()));
	}

	/// Unbinds all devices, and unregisters the driver.
	static void remove()
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::amba_driver_unregister(&driver_);
	}

private:
	/// The data of the id by which the device was found
	static const IdData<T> &data_of(const ::amba_id *id)
	{
		if constexpr (HasIds<T>)
			if (id != nullptr)
				return T::ids.data(static_cast<std::size_t>(id - ids.data()));
		static constexpr IdData<T> none{}; // the user forced the driver on the device
		return none;
	}

	static int probe(::amba_device *raw, const ::amba_id *id)
	{
		Bound &device = Bound::of(raw);
		return to_c(bind<T>(device, [id]() -> const auto & { return data_of(id); }));
	}

	static void unbind(::amba_device *raw) { detail::stop<T>(Bound::of(raw)); }

	static void shutdown(::amba_device *raw) { detail::shutdown<T>(Bound::of(raw)); }

	static consteval ::amba_driver made()
	{
		::amba_driver driver{};
		driver.probe = &probe;
		driver.remove = &unbind;
		if constexpr (Has_shutdown<T>)
			driver.shutdown = &shutdown;
		driver.id_table = ids.data();
		driver.drv.name = driver_name<T>();
		describe<T, Bound>(driver.drv);
		return driver;
	}

	static ::amba_driver driver_;
};

template <typename T>
constinit ::amba_driver AmbaDriver<T>::driver_ = AmbaDriver<T>::made();

} // namespace kernel::detail

namespace kernel::amba
{

/// The registration of the driver T, see <kernel/device/bind.hpp>: for a module with several
/// drivers. A module that is one driver has KERNEL_AMBA_DRIVER().
template <typename T>
using Registration = DriverRegistration<kernel::detail::AmbaDriver<T>>;

} // namespace kernel::amba

/// Puts the ids of the AMBA driver `Type` into the module, for modprobe(8) and udev(7): C's
/// MODULE_DEVICE_TABLE(). KERNEL_AMBA_DRIVER() contains it; a module with several drivers has one
/// for each.
#define KERNEL_AMBA_DEVICE_TABLE(Type)                                                             \
	static_assert(::kernel::detail::HasIds<Type>,                                              \
		      #Type " names no devices: write in it static constexpr kernel::amba::Ids "   \
			    "ids{kernel::amba::id(0x00041031, 0x000fffff)};");                     \
	static_assert(::kernel::detail::has_probe<Type, kernel::amba::BoundDevice>,                \
		      #Type " has no public probe() for an AMBA device: write in it static "       \
			    "kernel::Result<" #Type "> probe(kernel::amba::BoundDevice &);, with " \
			    "const Data & behind it if the ids have data");                        \
	KCXX_CHECK_DRIVER(Type, kernel::amba::BoundDevice);                                        \
	KCXX_DEVICE_TABLE(amba, Type, ::kernel::detail::AmbaDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for AMBA devices. See <kernel/device/bind.hpp>.
#define KERNEL_AMBA_DRIVER(Type)                                                                   \
	KERNEL_AMBA_DEVICE_TABLE(Type);                                                            \
	KCXX_DRIVER_MODULE(amba, Type)
