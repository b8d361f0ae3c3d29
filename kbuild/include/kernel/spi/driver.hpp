// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for devices on SPI buses. C API: struct spi_driver of <linux/spi/spi.h>.

#pragma once

#include <cstddef>
#include <optional>

#include <generated/bindings/spi/driver.hpp>
#include <kernel/acpi/ids.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/driver.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/module/module.hpp>
#include <kernel/of/ids.hpp>
#include <kernel/spi/device.hpp>
#include <kernel/spi/ids.hpp>

namespace kernel::detail
{

/// The bus of SPI, for detail::Driver
struct SpiBus : BusDefaults {
	using Raw = ::spi_driver;
	using Id = ::spi_device_id;
	using Bound = spi::BoundDevice;
	static constexpr bool has_firmware_ids = true;

	static Result<> add(Raw &driver, ThisModule &module)
	{
		// SAFETY: the driver and its tables are static, and remove() unregisters it.
		return to_result(bindings::__spi_register_driver(module.raw(), &driver));
	}
	static void remove(Raw &driver)
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::kcxx_spi_unregister_driver(&driver);
	}
	static std::optional<std::size_t> row(Bound &device, const Id * /*ids*/)
	{
		// SAFETY: the device is being bound to the driver.
		const unsigned long row = bindings::kcxx_spi_match_row(device.raw());
		if (row == 0)
			return std::nullopt;
		return row - 1;
	}
};

template <typename T>
using SpiDriver = Driver<SpiBus, T>;

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
		      "kcxx-E1457: " #Type                                                         \
		      " names no devices: write in it static constexpr kernel::spi::Ids "          \
		      "ids{kernel::spi::id(\"name\")};, and of::Ids of_ids or acpi::Ids "          \
		      "acpi_ids beside it for firmware");                                          \
	KCXX_CHECK_DRIVER(Type, kernel::spi::BoundDevice, "a device on an SPI bus");               \
	KCXX_DEVICE_TABLE(of, Type, ::kernel::detail::SpiDriver<Type>::of_ids);                    \
	KCXX_DEVICE_TABLE(acpi, Type, ::kernel::detail::SpiDriver<Type>::acpi_ids);                \
	KCXX_DEVICE_TABLE(spi, Type, ::kernel::detail::SpiDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for devices on SPI buses. See
/// <kernel/device/bind.hpp>.
#define KERNEL_SPI_DRIVER(Type)                                                                    \
	KERNEL_SPI_DEVICE_TABLE(Type);                                                             \
	KCXX_DRIVER_MODULE(spi, Type)
