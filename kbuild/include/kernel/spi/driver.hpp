// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for devices on SPI buses. C API: struct spi_driver of <linux/spi/spi.h>.

#pragma once

#include <generated/kcxx-bindings.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/of/ids.hpp>
#include <kernel/spi/device.hpp>
#include <kernel/spi/ids.hpp>

namespace kernel::detail
{

/// C's driver for the class T, and the functions that the kernel calls
template <typename T>
class SpiDriver
{
	using Bound = spi::BoundDevice;

public:
	static constexpr auto ids = table_of<T, ::spi_device_id>();
	static constexpr auto of_ids = of_table_of<T, ::of_device_id>();

	/// Registers the driver.
	static Result<> add(ThisModule &module)
	{
		// SAFETY: the driver and its tables are static, and remove() unregisters it.
		return to_result(bindings::__spi_register_driver(module.raw(), &driver_));
	}

	/// Unbinds all devices, and unregisters the driver.
	static void remove()
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::kcxx_spi_unregister_driver(&driver_);
	}

private:
	/// The data of the id by which the device was found
	static const IdData<T> &data_of(Bound &device)
	{
		using Data = IdData<T>;
		// SAFETY, of all below: the device is being bound to this driver.
		if constexpr (HasOfIds<T>)
			if (const void *data = bindings::kcxx_of_match_data(device);
			    data != nullptr)
				return *static_cast<const Data *>(data);
		if constexpr (HasIds<T>) // else refused, see KERNEL_SPI_DEVICE_TABLE()
			if (const unsigned long row = bindings::kcxx_spi_match_row(device.raw());
			    row != 0)
				return T::ids.data(row - 1);
		static constexpr Data none{}; // the user forced the driver on the device
		return none;
	}

	static int probe(::spi_device *raw)
	{
		Bound &device = Bound::of(raw);
		return to_c(
			bind<T>(device, [&device]() -> const auto & { return data_of(device); }));
	}

	static void unbind(::spi_device *raw) { detail::stop<T>(Bound::of(raw)); }

	static void shutdown(::spi_device *raw) { detail::shutdown<T>(Bound::of(raw)); }

	static consteval ::spi_driver made()
	{
		::spi_driver driver{};
		driver.probe = &probe;
		driver.remove = &unbind;
		if constexpr (Has_shutdown<T>)
			driver.shutdown = &shutdown;
		driver.id_table = ids.data();
		driver.driver.name = driver_name<T>();
		if constexpr (HasOfIds<T>)
			driver.driver.of_match_table = of_ids.data();
		describe<T, Bound>(driver.driver);
		return driver;
	}

	static ::spi_driver driver_;
};

template <typename T>
constinit ::spi_driver SpiDriver<T>::driver_ = SpiDriver<T>::made();

} // namespace kernel::detail

namespace kernel::spi
{

/// The registration of the driver T, see <kernel/device/bind.hpp>: for a module with several
/// drivers. A module that is one driver has KERNEL_SPI_DRIVER().
template <typename T>
using Registration = DriverRegistration<kernel::detail::SpiDriver<T>>;

} // namespace kernel::spi

/// Puts the ids of the SPI driver `Type` into the module, for modprobe(8) and udev(7): C's
/// MODULE_DEVICE_TABLE(). KERNEL_SPI_DRIVER() contains it; a module with several drivers has one
/// for each.
#define KERNEL_SPI_DEVICE_TABLE(Type)                                                              \
	static_assert(::kernel::detail::HasIds<Type>,                                              \
		      #Type " names no devices: write in it static constexpr kernel::spi::Ids "    \
			    "ids{kernel::spi::id(\"name\")};, and of::Ids of_ids beside it for "   \
			    "device trees");                                                       \
	static_assert(::kernel::detail::has_probe<Type, kernel::spi::BoundDevice>, #Type           \
		      " has no public probe() for a device on an SPI bus: write in it "            \
		      "static kernel::Result<" #Type "> probe(kernel::spi::BoundDevice &);, "      \
		      "with const Data & behind it if the ids have data");                         \
	KCXX_CHECK_DRIVER(Type, kernel::spi::BoundDevice);                                         \
	KCXX_DEVICE_TABLE(of, Type, ::kernel::detail::SpiDriver<Type>::of_ids);                    \
	KCXX_DEVICE_TABLE(spi, Type, ::kernel::detail::SpiDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for devices on SPI buses. See
/// <kernel/device/bind.hpp>.
#define KERNEL_SPI_DRIVER(Type)                                                                    \
	KERNEL_SPI_DEVICE_TABLE(Type);                                                             \
	KCXX_DRIVER_MODULE(spi, Type)
